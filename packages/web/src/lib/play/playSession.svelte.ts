import type { EventDto, SessionDto, SessionFrame } from '@dcs/api';
import type { Opinion } from '@dcs/api/client';
import type { Problem } from '#lib/answered.ts';
import { newId } from '#lib/newId.ts';
import type { Answer, LinkState, PlayLink } from '#lib/play/playLink.ts';
import {
  applyFeedback,
  applyFrame,
  firstState,
  isRecorded,
  lastSeqOf,
  type PlayState,
} from '#lib/play/playState.ts';
import { repliesIn, type Reply } from '#lib/play/replies.ts';
import { castOf, otherSeat } from '#lib/play/cast.ts';
import { HELD, settle } from '#lib/play/settle.ts';
import { passagesOf, transcriptLines, transcriptText } from '#lib/play/transcript.ts';
import type { Unsent, UnsentShelf } from '#lib/play/unsent.ts';

/** Length as people count it, so that an emoji is one. */
const lengthOf = (text: string): number => [...text].length;

const NOT_CONNECTED: Problem = {
  reason: 'page/not-connected',
  message: 'This page is not connected yet.',
  retryable: true,
};

/** A session on the stage: what it shows, and the words that are on their way to it. */
export class PlaySession {
  #state = $state.raw<PlayState>() as PlayState;
  #pending = $state.raw<Unsent['pending']>(null);
  #opening = false;
  #link: PlayLink | null = null;
  #shelf: UnsentShelf | null = null;

  input = $state('');
  link = $state<LinkState>('connecting');
  /** Why the last thing that was sent did not go through, or why the stream ended. */
  problem = $state.raw<Problem | null>(null);
  isClosing = $state(false);

  constructor(session: SessionDto, view: unknown, events: readonly EventDto[]) {
    this.#state = firstState(session, view, events);
  }

  // Each part by itself: text that is being written changes ten times a second, and the transcript must not be made anew for it.
  readonly session = $derived.by(() => this.#state.session);
  readonly view = $derived.by(() => this.#state.view);
  readonly #events = $derived.by(() => this.#state.events);
  readonly #personAt = $derived(castOf(this.session, this.view));
  readonly lines = $derived(transcriptLines(this.#events, this.#personAt));
  readonly passages = $derived(passagesOf(this.lines));
  /** What this player can give feedback on; nothing for somebody who only watches. */
  readonly replies = $derived<ReadonlyMap<number, Reply>>(
    this.session.yourSeat === null ? new Map() : repliesIn(this.#events),
  );
  readonly draft = $derived.by(() => this.#state.draft?.text ?? null);
  readonly you = $derived.by(() =>
    this.#personAt(this.session.yourSeat ?? this.session.seats[0]?.name ?? 'pc'),
  );
  readonly other = $derived.by(() => this.#personAt(otherSeat(this.session)));
  readonly hasScene = $derived(this.lines.some((line) => line.kind === 'scene'));
  readonly hasSpoken = $derived(this.lines.some((line) => line.kind === 'speech' && line.who.seat === 'you'));
  readonly hasEnded = $derived(this.session.exited || this.session.status === 'closed');
  /** Paused by those who run it: nothing can be sent until they let it go on. */
  readonly isHeld = $derived(this.session.held !== null);
  readonly canPlay = $derived(!this.hasEnded && this.session.yourSeat !== null && this.session.takesText);

  /** Sent and not yet in the log: shown, but not as part of the record. */
  readonly sending = $derived.by(() =>
    this.#pending !== null && !isRecorded(this.#events, this.#pending.commandId) ? this.#pending.text : null,
  );
  readonly isBusy = $derived.by(
    () => this.#state.phase !== 'idle' || (this.#pending !== null && this.problem === null),
  );
  readonly hasUnsent = $derived.by(() => this.#pending !== null);
  readonly phase = $derived.by(() => this.#state.phase);
  readonly left = $derived(this.view.maxInputLength - lengthOf(this.input.trim()));
  readonly canSend = $derived(
    this.canPlay && !this.isHeld && !this.isBusy && this.input.trim() !== '' && this.left >= 0,
  );
  /** Whether the scene could not be written and may be asked for again. */
  readonly needsOpening = $derived.by(
    () =>
      this.link === 'open' &&
      !this.hasScene &&
      !this.hasEnded &&
      !this.isHeld &&
      this.#state.phase === 'idle' &&
      this.lines.some((line) => line.kind === 'aside' && line.tone === 'error'),
  );

  get text(): string {
    return transcriptText(this.lines, this.session.title, [this.you, this.other]);
  }

  /** Has a link for what can still be said when the session is over; nothing is followed. */
  attach(link: PlayLink): void {
    this.#link = link;
  }

  /** Says what this player thinks of a reply, or of `null` that nothing is thought any more. Why not, if it fails. */
  async giveFeedback({ seq, eventId }: Reply, opinion: Opinion | null): Promise<Problem | null> {
    if (this.#link === null) return NOT_CONNECTED;
    const answer = await this.#link.giveFeedback(eventId, opinion);
    if (!answer.ok) return answer;
    this.#state = applyFeedback(this.#state, { replySeq: seq, feedback: answer.feedback }, answer.lastSeq);
    return null;
  }

  /** Follows the session from where the page stands, and changes nothing of it. */
  watch(link: Pick<PlayLink, 'start' | 'stop'>): () => void {
    link.start(lastSeqOf(this.#state.events), {
      frame: (frame) => this.#take(frame),
      state: (state) => (this.link = state),
      ended: (problem) => {
        this.link = 'refused';
        this.problem = problem;
      },
    });
    return () => link.stop();
  }

  /** Goes live: follows the session from where the page stands, has the scene set, sends what was left unsent. */
  connect(link: PlayLink, shelf: UnsentShelf): () => void {
    this.#link = link;
    this.#shelf = shelf;
    this.#restore(shelf.read());
    const leave = this.watch(link);
    void this.openScene();
    void this.#deliver();
    return leave;
  }

  /** Safe to repeat; the scene is written once. */
  async openScene(): Promise<void> {
    if (this.#link === null || this.#opening || !this.canPlay || this.isHeld) return;
    this.#opening = true;
    this.problem = null;
    const answer = await this.#link.open();
    this.#opening = false;
    if (!answer.ok && answer.reason !== HELD) this.problem = answer;
  }

  /** Sends what is in the line, or the given command. A second call while one is under way does nothing. */
  async submit(command?: string): Promise<Answer | null> {
    const text = (command ?? this.input).trim();
    if (
      !this.canPlay ||
      this.isHeld ||
      this.isBusy ||
      text === '' ||
      lengthOf(text) > this.view.maxInputLength
    )
      return null;
    this.problem = null;
    this.#pending = { commandId: newId(), text };
    if (command === undefined) this.input = '';
    this.keep();
    return await this.#deliver();
  }

  /** Sends again what did not get through, as the same command. */
  async sendAgain(): Promise<void> {
    this.problem = null;
    await this.#deliver();
  }

  /** Keeps the words on this device; called whenever they change. */
  keep(): void {
    const isOver = this.hasEnded && this.#pending === null;
    this.#shelf?.write({ input: isOver ? '' : this.input, pending: this.#pending });
  }

  /** Ends the session: by the game's own way out if it is free to take it, else by closing. */
  async finish(): Promise<void> {
    if (this.#link === null || this.isClosing) return;
    this.isClosing = true;
    const hasWayOut = this.session.commands.some(({ name }) => name === 'finish');
    const finished = hasWayOut ? await this.submit('/finish') : null;
    if (finished === null || !finished.ok || !finished.exited) {
      const closed = await this.#link.close(newId());
      this.problem = closed.ok || closed.reason === 'session/closed' ? null : closed;
    }
    this.isClosing = false;
  }

  #take(frame: SessionFrame): void {
    const wasHeld = this.isHeld;
    this.#state = applyFrame(this.#state, frame);
    if (wasHeld && !this.isHeld && !this.hasEnded) this.#goOn();
  }

  /** What waited with the session while it was held. */
  #goOn(): void {
    if (!this.session.opened) void this.openScene();
    void this.#deliver();
  }

  #restore(unsent: Unsent): void {
    if (this.input === '') this.input = unsent.input;
    this.#pending = unsent.pending;
  }

  async #deliver(): Promise<Answer | null> {
    const pending = this.#pending;
    if (pending === null || this.#link === null) return null;
    const answer = await this.#link.act(pending.commandId, pending.text);
    if (this.#pending?.commandId !== pending.commandId) return answer;
    this.#settle(pending.text, answer);
    this.keep();
    return answer;
  }

  #settle(text: string, answer: Answer): void {
    const facts = { text, isRecorded: this.sending === null, hasEnded: this.hasEnded };
    const { isPending, problem, isReturned } = settle(answer, facts);
    this.problem = problem;
    if (!isPending) this.#pending = null;
    if (isReturned && this.input === '') this.input = text;
  }
}
