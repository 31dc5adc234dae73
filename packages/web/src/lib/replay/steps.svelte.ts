import type { ReconstructionDto, SessionDto } from '@dcs/api';
import type { Problem } from '#lib/answered.ts';
import type { ReplayLink } from '#lib/replay/replayLink.ts';
import { type Point, type Step, stepsOf } from '#lib/replay/step.ts';

/** As many steps as the server gives at once. */
export const PAGE = 200;

const pageOf = (seq: number): number => Math.floor((seq - 1) / PAGE);

/** The first step of the page that holds `seq`. */
export function pageStart(seq: number): number {
  return pageOf(Math.max(1, seq)) * PAGE + 1;
}

/** A stretch that was asked for. */
interface Trouble {
  readonly page: number;
  readonly problem: Problem;
}

/**
 * The steps of a session as far as they are loaded, by pages of the log. A page is a beginning of its stretch without gaps: the last
 * one of a session that goes on grows.
 */
export class Steps {
  #pages = $state.raw<ReadonlyMap<number, readonly Step[]>>(new Map());
  #loading = $state.raw<ReadonlySet<number>>(new Set());
  #trouble = $state.raw<Trouble | null>(null);
  #lastSeq = $state(0);
  #session = $state.raw<SessionDto>() as SessionDto;
  readonly #starts = new Map<number, Point>();
  readonly #hashes = new Map<number, string>();
  readonly #onArrival: () => void;
  #link: ReplayLink | null = null;

  /** `first` begins at the start of a page. `onArrival` is called whenever there are more steps, or more is known to come. */
  constructor(first: ReconstructionDto, onArrival: () => void) {
    this.#onArrival = onArrival;
    this.#session = first.session;
    this.#lastSeq = first.lastSeq;
    const seq = first.steps[0]?.event.seq;
    if (seq !== undefined) this.#take(pageOf(seq), first);
  }

  /** Until there is a link, nothing is loaded. */
  connect(link: ReplayLink): void {
    this.#link = link;
  }

  /** The session as it was when it was last asked for. */
  get session(): SessionDto {
    return this.#session;
  }

  get lastSeq(): number {
    return this.#lastSeq;
  }

  /** Whether nothing more will be added. */
  get isOver(): boolean {
    return this.#session.exited || this.#session.status === 'closed';
  }

  /** Why the last stretch that was asked for is not here. */
  get problem(): Problem | null {
    return this.#trouble?.problem ?? null;
  }

  /** `null` while it is not loaded. */
  at(seq: number): Step | null {
    return this.#pages.get(pageOf(seq))?.[(seq - 1) % PAGE] ?? null;
  }

  /** The session just before an event; `null` while that is not known. */
  before(seq: number): Point | null {
    const start = seq === pageStart(seq) ? this.#starts.get(pageOf(seq)) : undefined;
    return start ?? this.at(seq - 1);
  }

  /** Names the whole state after a step, what is withheld included; known where a stretch ended. */
  hashAt(seq: number): string | null {
    return this.#hashes.get(seq) ?? null;
  }

  /** The steps from `from` to `to`, or the end of them as far as it is loaded without a gap. */
  between(from: number, to: number): readonly Step[] {
    const steps: Step[] = [];
    for (let seq = to; seq >= Math.max(1, from); seq -= 1) {
      const step = this.at(seq);
      if (step === null) break;
      steps.push(step);
    }
    return steps.toReversed();
  }

  /** The first event of every turn, in order, as far as it is loaded. */
  readonly turnStarts = $derived.by(() => {
    const starts: number[] = [];
    for (const page of [...this.#pages.keys()].toSorted((a, b) => a - b)) {
      for (const { event } of this.#pages.get(page) ?? []) {
        const previous = this.at(event.seq - 1);
        if (event.seq === 1 || (previous !== null && previous.event.turn !== event.turn))
          starts.push(event.seq);
      }
    }
    return starts;
  });

  /** Sees to it that the page of a step is loaded, or on its way. What failed is tried again by `retry` alone. */
  ensure(seq: number): void {
    const page = pageOf(seq);
    const isWanted = seq >= 1 && seq <= this.#lastSeq && this.at(seq) === null;
    if (isWanted && !this.#loading.has(page) && this.#trouble?.page !== page) void this.#load(page);
  }

  retry(): void {
    const trouble = this.#trouble;
    if (trouble === null) return;
    this.#trouble = null;
    void this.#load(trouble.page);
  }

  /** Asks whether the session has gone on. That it cannot be asked just now is no trouble: nothing is missing. */
  async lookForMore(): Promise<void> {
    const answer = await this.#link?.extent();
    if (answer?.ok !== true || answer.lastSeq <= this.#lastSeq) return;
    this.#lastSeq = answer.lastSeq;
    this.#onArrival();
  }

  async #load(page: number): Promise<void> {
    if (this.#link === null) return;
    this.#loading = new Set([...this.#loading, page]);
    const answer = await this.#link.steps(page * PAGE + (this.#pages.get(page)?.length ?? 0));
    this.#loading = new Set([...this.#loading].filter((other) => other !== page));
    if (answer.ok) {
      this.#trouble = null;
      this.#session = answer.session;
      this.#lastSeq = Math.max(this.#lastSeq, answer.lastSeq);
      // A server that has nothing to give is not asked again at once.
      if (answer.steps.length === 0) return;
      this.#take(page, answer);
    } else {
      const { reason, message, retryable } = answer;
      this.#trouble = { page, problem: { reason, message, retryable } };
    }
    this.#onArrival();
  }

  /** Adds what follows; a growing page may be cut at its end, for the rest belongs to the next. */
  #take(page: number, loaded: ReconstructionDto): void {
    const known = this.#pages.get(page) ?? [];
    if (known.length === 0) this.#starts.set(page, loaded.start);
    const fresh = stepsOf(loaded).slice(0, PAGE - known.length);
    const last = loaded.steps.at(-1)?.event.seq;
    if (last !== undefined) this.#hashes.set(last, loaded.stateHash);
    this.#pages = new Map([...this.#pages, [page, [...known, ...fresh]]]);
  }
}
