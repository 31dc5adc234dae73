import type { AdminSessionDto, CommandReplyDto, EventDto, SessionFrame } from '@dcs/api';
import type { SteeringLink } from '#lib/admin/steeringLink.ts';
import type { Answered, Problem } from '#lib/answered.ts';
import { newId } from '#lib/newId.ts';
import { PlaySession } from '#lib/play/playSession.svelte.ts';
import type { Scheduler } from '#lib/scheduler.ts';

/** The server takes no more of either. */
export const MOST_ANNOUNCEMENT = 1_000;
export const MOST_HOLD_REASON = 500;

/** What is asked again after a turn waits a moment, so that turns in a row cost one question. */
const REFRESH_MS = 500;

/** Frames after which the facts beside the play may be others. */
function changesFacts(frame: SessionFrame): boolean {
  return (
    frame.type === 'meta' || frame.type === 'status' || (frame.type === 'turn' && frame.phase === 'ended')
  );
}

/** A session as those who run it see it: what is played, as it is written, what stands beside it, and what they do to it. */
export class WatchedSession {
  readonly play: PlaySession;
  readonly #scheduler: Scheduler;
  #facts = $state.raw<AdminSessionDto>() as AdminSessionDto;
  #link: SteeringLink | null = null;
  #forget: (() => void) | null = null;
  /** Whether something that was asked for is under way. */
  isBusy = $state(false);
  /** Why the last thing that was asked for did not happen. */
  problem = $state.raw<Problem | null>(null);
  /** What has just been done, in words. */
  notice = $state('');

  constructor(facts: AdminSessionDto, events: readonly EventDto[], scheduler: Scheduler) {
    this.#facts = facts;
    this.#scheduler = scheduler;
    this.play = new PlaySession(facts.session, facts.view, events);
  }

  readonly facts = $derived.by(() => this.#facts);

  /** Follows the session until the result is called; nothing of it changes by that. */
  connect(link: SteeringLink): () => void {
    this.#link = link;
    const leave = this.play.watch({
      start: (afterSeq, listener) =>
        link.start(afterSeq, {
          ...listener,
          frame: (frame) => {
            listener.frame(frame);
            if (changesFacts(frame)) this.#refreshSoon();
          },
        }),
      stop: () => link.stop(),
    });
    return () => {
      this.#forget?.();
      this.#link = null;
      leave();
    };
  }

  hold(reason: string): Promise<boolean> {
    return this.#steer('The session is paused.', (link, id) => link.hold(id, reason.trim()));
  }

  release(): Promise<boolean> {
    return this.#steer('The session goes on when its player is there.', (link, id) => link.release(id));
  }

  announce(text: string): Promise<boolean> {
    return this.#steer('The message stands in the session.', (link, id) => link.announce(id, text.trim()));
  }

  end(): Promise<boolean> {
    return this.#steer('The session is over.', (link, id) => link.end(id));
  }

  /** Whether it was done. */
  async #steer(
    done: string,
    command: (link: SteeringLink, commandId: string) => Promise<Answered<CommandReplyDto>>,
  ): Promise<boolean> {
    if (this.#link === null || this.isBusy) return false;
    this.isBusy = true;
    this.problem = null;
    this.notice = '';
    const answer = await command(this.#link, newId());
    this.isBusy = false;
    if (answer.ok) this.notice = done;
    else this.problem = answer;
    this.#refreshSoon();
    return answer.ok;
  }

  #refreshSoon(): void {
    this.#forget ??= this.#scheduler.after(REFRESH_MS, () => void this.#refresh());
  }

  /** That the facts cannot be had just now is no trouble: the play goes on, and the next turn asks again. */
  async #refresh(): Promise<void> {
    this.#forget = null;
    const answer = await this.#link?.facts();
    if (answer?.ok === true) this.#facts = answer;
  }
}
