import { dwellMs, otherSpeed, type Speed } from '#lib/replay/pace.ts';
import type { Step } from '#lib/replay/step.ts';
import type { Scheduler } from '#lib/scheduler.ts';

/** What a playhead moves over. */
export interface Track {
  readonly lastSeq: number;
  /** Whether nothing more will be added at its end. */
  readonly isOver: boolean;
  /** `null` while it is not loaded. */
  at(seq: number): Step | null;
  /** Has a step loaded that is not yet. */
  ensure(seq: number): void;
}

interface PlayheadOptions {
  readonly at: number;
  /** Called when the playhead stops because it has played all there is. */
  readonly ended: () => void;
}

/** Steps are loaded this far ahead, a few seconds even at the highest speed, and this far behind, for what stands above. */
const AHEAD = 60;
const BEHIND = 90;
/** A scrubber that is dragged over a long session passes through many pages; only where it rests is loaded. */
const SETTLE_MS = 120;

/** Which step of a session is shown, and the motion from one to the next. `at` is 0 only where there are no steps. */
export class Playhead {
  #at = $state(0);
  #isPlaying = $state(false);
  #speed = $state<Speed>(1);
  readonly #track: Track;
  readonly #scheduler: Scheduler;
  readonly #ended: () => void;
  #stopMoving: (() => void) | null = null;
  #stopLoading: (() => void) | null = null;

  constructor(track: Track, scheduler: Scheduler, { at, ended }: PlayheadOptions) {
    this.#track = track;
    this.#scheduler = scheduler;
    this.#ended = ended;
    this.#at = this.#clamp(at);
  }

  get at(): number {
    return this.#at;
  }

  get isPlaying(): boolean {
    return this.#isPlaying;
  }

  get speed(): Speed {
    return this.#speed;
  }

  set speed(speed: Speed) {
    this.#speed = speed;
    this.#schedule();
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#track.lastSeq;
  }

  /** Goes to a step. A replay that plays goes on from there. */
  goTo(seq: number): void {
    this.#at = this.#clamp(seq);
    if (this.#track.at(this.#at) === null) this.#loadSoon();
    else this.load();
    this.#schedule();
  }

  /** Goes to a step and stays there. */
  stepTo(seq: number): void {
    this.pause();
    this.goTo(seq);
  }

  /** From the beginning, when it is at the end of a session that is over; at the end of one that goes on, it waits for more. */
  play(): void {
    if (this.isAtEnd && this.#track.isOver) this.goTo(1);
    this.#isPlaying = this.#track.lastSeq > 0;
    this.#schedule();
  }

  pause(): void {
    this.#isPlaying = false;
    this.#schedule();
  }

  faster(): void {
    this.speed = otherSpeed(this.#speed, 1);
  }

  slower(): void {
    this.speed = otherSpeed(this.#speed, -1);
  }

  /** To be called when there are more steps: a playhead that waits for them goes on. */
  arrived(): void {
    if (this.#at === 0) this.#at = this.#clamp(1);
    this.load();
    if (this.#stopMoving === null) this.#schedule();
  }

  /** Has what is shown loaded, and what is near it. */
  load(): void {
    const { lastSeq } = this.#track;
    this.#track.ensure(this.#at);
    this.#track.ensure(Math.min(this.#at + AHEAD, lastSeq));
    this.#track.ensure(Math.max(this.#at - BEHIND, 1));
  }

  /** Nothing moves by itself any more. */
  stop(): void {
    this.pause();
    this.#stopLoading?.();
  }

  #clamp(seq: number): number {
    return Math.min(Math.max(1, Math.trunc(seq)), this.#track.lastSeq);
  }

  #loadSoon(): void {
    this.#stopLoading?.();
    this.#stopLoading = this.#scheduler.after(SETTLE_MS, () => this.load());
  }

  #schedule(): void {
    this.#stopMoving?.();
    this.#stopMoving = null;
    if (!this.#isPlaying) return;
    if (this.isAtEnd) {
      if (this.#track.isOver) this.#end();
      return;
    }
    const step = this.#track.at(this.#at);
    const next = this.#track.at(this.#at + 1);
    if (step === null || next === null) return;
    this.#stopMoving = this.#scheduler.after(dwellMs(step, next, this.#speed), () => this.goTo(this.#at + 1));
  }

  #end(): void {
    this.#isPlaying = false;
    this.#ended();
  }
}
