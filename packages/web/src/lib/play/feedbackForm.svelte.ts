import type { FeedbackDto } from '@dcs/api';
import type { Opinion } from '@dcs/api/client';
import type { Problem } from '#lib/answered.ts';
import type { Scheduler } from '#lib/scheduler.ts';

/** What the marks of one reply show and send. */
export type FullOpinion = Required<Opinion>;

/** What can be wrong with a reply. */
export const FLAWS = [
  { flaw: 'doesntMakeSense', label: 'Doesn’t make sense' },
  { flaw: 'outOfCharacter', label: 'Out of character' },
  { flaw: 'other', label: 'Something else' },
] as const;
export type Flaw = (typeof FLAWS)[number]['flaw'];

/** The server takes no more of a comment. */
export const MOST_COMMENT = 500;
/** A comment is saved when its writer pauses. */
const PAUSE_MS = 1_000;

const BLANK: FullOpinion = {
  liked: false,
  comment: '',
  doesntMakeSense: false,
  outOfCharacter: false,
  other: false,
};

export interface FeedbackFormPorts {
  /** What is recorded, as far as the page knows. */
  readonly recorded: () => FeedbackDto | null;
  /** Resolves with why it could not be recorded. */
  readonly save: (opinion: FullOpinion | null) => Promise<Problem | null>;
  readonly scheduler: Scheduler;
}

interface Wanted {
  readonly opinion: FullOpinion | null;
}

/** `untouched` shows what is recorded; everything else shows what the player wants recorded. */
export type SaveState = 'untouched' | 'changed' | 'saving' | 'saved' | 'failed';

function fromRecord(recorded: FeedbackDto | null): FullOpinion | null {
  if (recorded === null) return null;
  const { submittedAt: _submittedAt, ...opinion } = recorded;
  return opinion;
}

/** Feedback on one reply as it is given: every change is saved by itself, one after the other, and the latest wins. */
export class FeedbackForm {
  readonly #ports: FeedbackFormPorts;
  /** What is to be recorded and is not yet. */
  #wanted = $state.raw<Wanted | null>(null);
  #cleared = $state.raw<FullOpinion | null>(null);
  #state = $state.raw<SaveState>('untouched');
  #problem = $state.raw<Problem | null>(null);
  #forget: () => void = () => undefined;
  /** Whether the words are shown that say what is wrong. */
  isOpen = $state(false);

  constructor(ports: FeedbackFormPorts) {
    this.#ports = ports;
  }

  readonly opinion = $derived.by(() =>
    this.#wanted === null ? fromRecord(this.#ports.recorded()) : this.#wanted.opinion,
  );
  readonly state = $derived.by(() => this.#state);
  readonly problem = $derived.by(() => this.#problem);
  /** What was cleared last and can be had back. */
  readonly canUndo = $derived.by(() => this.#cleared !== null && this.opinion === null);

  /** A second time takes it back. What is wrong is kept only where the reply is not liked. */
  judge(liked: boolean): void {
    if (this.opinion?.liked === liked) return this.clear();
    const { comment } = this.opinion ?? BLANK;
    this.isOpen = !liked;
    this.#change({ ...BLANK, comment, liked });
  }

  mark(flaw: Flaw, isSo: boolean): void {
    this.#change({ ...(this.opinion ?? BLANK), [flaw]: isSo });
  }

  /** Saved when the writer pauses or leaves the field. */
  write(comment: string): void {
    this.#want({ ...(this.opinion ?? BLANK), comment });
    this.#forget();
    this.#forget = this.#ports.scheduler.after(PAUSE_MS, () => void this.save());
  }

  clear(): void {
    this.#cleared = this.opinion;
    this.isOpen = false;
    this.#want(null);
    void this.save();
  }

  undo(): void {
    if (this.#cleared === null) return;
    const back = this.#cleared;
    this.isOpen = !back.liked;
    this.#change(back);
  }

  /** Saves what has changed; also after it has failed. Does nothing while it is being saved: that goes on by itself. */
  async save(): Promise<void> {
    this.#forget();
    if (this.#state === 'saving' || this.#wanted === null) return;
    this.#problem = null;
    this.#state = 'saving';
    while (this.#wanted !== null) {
      const wanted: Wanted = this.#wanted;
      const problem: Problem | null = await this.#ports.save(wanted.opinion);
      if (problem !== null) {
        this.#problem = problem;
        this.#state = 'failed';
        return;
      }
      if (this.#wanted === wanted) this.#wanted = null;
    }
    this.#state = 'saved';
  }

  #want(opinion: FullOpinion | null): void {
    this.#wanted = { opinion };
    if (this.#state !== 'saving') this.#state = 'changed';
  }

  #change(opinion: FullOpinion): void {
    this.#cleared = null;
    this.#want(opinion);
    void this.save();
  }
}
