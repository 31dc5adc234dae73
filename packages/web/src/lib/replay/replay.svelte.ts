import type { ReconstructionDto } from '@dcs/api';
import { castOf, otherSeat } from '#lib/play/cast.ts';
import { readView } from '#lib/play/playView.ts';
import { passagesOf } from '#lib/play/transcript.ts';
import { Playhead } from '#lib/replay/playhead.svelte.ts';
import type { ReplayLink } from '#lib/replay/replayLink.ts';
import { replayLines, spokenLine, takenBackIn } from '#lib/replay/replayLines.ts';
import type { Action } from '#lib/replay/shortcuts.ts';
import { Steps } from '#lib/replay/steps.svelte.ts';
import type { Scheduler } from '#lib/scheduler.ts';

/** So many steps stand on the page, however long the session is; the reader may ask for more. */
const WINDOW = 60;
/** The beginning of what is shown moves in leaps, so that the page above the playhead mostly stays as it is. */
const LEAP = 30;
/** How often a session that goes on is asked how far it is. */
const LOOK_MS = 3_000;

interface ReplayOptions {
  readonly at: number;
  readonly scheduler: Scheduler;
}

/** A session that is read again, step by step. */
export class Replay {
  readonly steps: Steps;
  readonly playhead: Playhead;
  readonly #scheduler: Scheduler;
  #earlier = $state(0);
  #announcement = $state('');

  /** `first` begins at the start of the page that holds `at`. */
  constructor(first: ReconstructionDto, { at, scheduler }: ReplayOptions) {
    this.#scheduler = scheduler;
    this.steps = new Steps(first, () => this.playhead.arrived());
    this.playhead = new Playhead(this.steps, scheduler, {
      at,
      ended: () => this.#say(`The end. ${this.#place()}`),
    });
  }

  /** Loads what is missing from now on, and what is added. The result ends it. */
  connect(link: ReplayLink): () => void {
    this.steps.connect(link);
    this.playhead.load();
    let stop = (): void => undefined;
    let hasLeft = false;
    const look = (): void => {
      if (this.steps.isOver || hasLeft) return;
      stop = this.#scheduler.after(LOOK_MS, () => void this.steps.lookForMore().then(look));
    };
    look();
    return () => {
      hasLeft = true;
      stop();
      this.playhead.stop();
    };
  }

  readonly session = $derived.by(() => this.steps.session);
  /** `null` while it is not loaded, and where there is none. */
  readonly step = $derived.by(() => this.steps.at(this.playhead.at));
  /** The session just before the step. */
  readonly before = $derived.by(() => this.steps.before(this.playhead.at));
  readonly #view = $derived.by(() => readView(this.step?.view ?? null));
  /** As the game has told it by the step that is shown; `null` while there is none. */
  readonly score = $derived.by(() => this.#view.score);
  /** Why there is none, if the game has told that by then. */
  readonly notScored = $derived.by(() => this.#view.notScored);
  readonly #personAt = $derived(castOf(this.session, this.#view));
  readonly you = $derived.by(() =>
    this.#personAt(this.session.yourSeat ?? this.session.seats[0]?.name ?? 'pc'),
  );
  readonly other = $derived.by(() => this.#personAt(otherSeat(this.session)));

  /** How long it was played, by its last step where that is loaded. */
  readonly runtimeMs = $derived.by(() => (this.steps.at(this.steps.lastSeq) ?? this.steps.session).runtimeMs);

  readonly #from = $derived.by(() => {
    const start = this.playhead.at - WINDOW - this.#earlier;
    return Math.max(1, Math.floor(start / LEAP) * LEAP + 1);
  });
  readonly #shown = $derived.by(() => this.steps.between(this.#from, this.playhead.at));
  readonly #events = $derived(this.#shown.map(({ event }) => event));
  readonly #lines = $derived.by(() => {
    const startsInside = (this.#events[0]?.seq ?? 1) > 1;
    return replayLines(this.#events, this.#personAt, startsInside);
  });
  /** Up to the step that is shown; its own passage is the last. */
  readonly passages = $derived(passagesOf(this.#lines));
  readonly takenBack = $derived(takenBackIn(this.#events));
  /** Whether there is something before the first passage. */
  readonly hasEarlier = $derived((this.#events[0]?.seq ?? 1) > 1);

  /** What a screen reader is told of the last move. */
  get announcement(): string {
    return this.#announcement;
  }

  showEarlier(): void {
    this.#earlier += WINDOW;
    this.steps.ensure(this.#from);
  }

  /** The scrubber moves the playhead; it says by itself where it is. */
  scrub(seq: number): void {
    this.#announcement = '';
    this.#earlier = 0;
    this.playhead.goTo(seq);
  }

  act(action: Exclude<Action, 'help'>): void {
    const { playhead, steps } = this;
    switch (action) {
      case 'toggle':
        return this.#toggle();
      case 'faster':
        return playhead.faster();
      case 'slower':
        return playhead.slower();
      case 'first':
        return this.#stepTo(1);
      case 'last':
        return this.#stepTo(steps.lastSeq);
      case 'next':
        return this.#stepTo(playhead.at + 1);
      case 'previous':
        return this.#stepTo(playhead.at - 1);
      case 'nextTurn':
        return this.#stepTo(steps.turnStarts.find((seq) => seq > playhead.at) ?? this.#afterTurn());
      case 'previousTurn':
        return this.#stepTo(steps.turnStarts.findLast((seq) => seq < playhead.at) ?? 1);
      default: {
        const unreachable: never = action;
        return unreachable;
      }
    }
  }

  #toggle(): void {
    const { playhead } = this;
    if (playhead.isPlaying) {
      playhead.pause();
      return this.#say(`Paused. ${this.#place()}`);
    }
    playhead.play();
    // A replay of one step has said already that it is at its end.
    if (playhead.isPlaying) this.#say('Playing');
  }

  #stepTo(seq: number): void {
    this.#earlier = 0;
    this.playhead.stepTo(seq);
    const line = this.#lines.at(-1);
    this.#say(line === undefined ? this.#place() : `${this.#place()}. ${spokenLine(line)}`);
  }

  /** In the last turn that is known of. */
  #afterTurn(): number {
    const { lastSeq } = this.steps;
    return this.steps.at(lastSeq) === null ? this.playhead.at + 1 : lastSeq;
  }

  #place(): string {
    return `Step ${this.playhead.at} of ${this.steps.lastSeq}`;
  }

  #say(words: string): void {
    this.#announcement = words;
  }
}
