import type { EventDto, ReconstructionDto, StepDto } from '@dcs/api';
import type { Answered } from '#lib/answered.ts';
import { eventOf, sessionOf } from '#lib/play/testing.ts';
import type { ReplayLink } from '#lib/replay/replayLink.ts';
import { PAGE } from '#lib/replay/steps.svelte.ts';
import type { Scheduler } from '#lib/scheduler.ts';

/** Five events to a turn. */
const turnOf = (seq: number): number => Math.ceil(seq / 5);

export function eventsUpTo(lastSeq: number): readonly EventDto[] {
  return Array.from({ length: lastSeq }, (_, index) => eventOf({ seq: index + 1, turn: turnOf(index + 1) }));
}

/** A session on a server: what it answers, and what it was asked. */
export class FakeSession {
  events: readonly EventDto[];
  isOver: boolean;
  /** While it is set, every question fails with it. */
  failure: string | null = null;
  readonly asked: number[] = [];
  #held: (() => void)[] | null = null;

  constructor(lastSeq: number, isOver = true) {
    this.events = eventsUpTo(lastSeq);
    this.isOver = isOver;
  }

  /** What stands in the log after `afterSeq`; every fifth event changes the view. */
  reconstruction(afterSeq: number): ReconstructionDto {
    const point = (seq: number) => ({ turns: turnOf(seq), status: 'active', runtimeMs: seq * 1000 }) as const;
    const steps = this.events.slice(afterSeq, afterSeq + PAGE).map((event): StepDto => ({
      event,
      ...point(event.seq),
      ...(event.seq % 5 === 0 ? { view: { turns: turnOf(event.seq) } } : {}),
    }));
    const lastSeq = this.events.length;
    return {
      session: sessionOf({ lastSeq, exited: this.isOver, status: this.isOver ? 'closed' : 'active' }),
      start: { ...point(afterSeq), view: { turns: Math.floor(afterSeq / 5) } },
      steps,
      lastSeq,
      hasMore: afterSeq + steps.length < lastSeq,
      stateHash: `hash-${afterSeq + steps.length}`,
    };
  }

  /** Answers wait until `release`. */
  hold(): void {
    this.#held = [];
  }

  async release(): Promise<void> {
    const held = this.#held ?? [];
    this.#held = null;
    for (const go of held) go();
    await settled();
  }

  readonly link: ReplayLink = {
    steps: (afterSeq) => {
      this.asked.push(afterSeq);
      return this.#answer(() => this.reconstruction(afterSeq));
    },
    extent: () => this.#answer(() => ({ lastSeq: this.events.length })),
    branch: () => this.#answer(() => ({ sessionId: 'branch' })),
  };

  async #answer<T extends object>(make: () => T): Promise<Answered<T>> {
    const held = this.#held;
    if (held !== null) await new Promise<void>((resolve) => held.push(resolve));
    if (this.failure === null) return { ok: true, ...make() };
    return { ok: false, reason: 'test/failure', message: this.failure, retryable: true };
  }
}

/** Answers that are under way have arrived. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
}

/** Time that passes when the test says so. */
export class ManualScheduler implements Scheduler {
  #now = 0;
  #waiting: { readonly at: number; readonly run: () => void }[] = [];

  after(milliseconds: number, run: () => void): () => void {
    const entry = { at: this.#now + milliseconds, run };
    this.#waiting.push(entry);
    return () => {
      this.#waiting = this.#waiting.filter((other) => other !== entry);
    };
  }

  /** Lets so much time pass; everything that is due runs in its order. */
  async pass(milliseconds: number): Promise<void> {
    const until = this.#now + milliseconds;
    for (;;) {
      const due = this.#waiting.filter(({ at }) => at <= until).toSorted((a, b) => a.at - b.at)[0];
      if (due === undefined) break;
      this.#waiting = this.#waiting.filter((other) => other !== due);
      this.#now = due.at;
      due.run();
      await settled();
    }
    this.#now = until;
  }
}
