import type { Problem } from '#lib/answered.ts';
import type { Scheduler } from '#lib/scheduler.ts';
import type { AnswerShelf } from './answerShelf.ts';
import type { FieldValue } from './question.ts';
import type { FieldValues } from './responses.ts';

/** Answers are saved when their writer pauses. */
const PAUSE_MS = 1_000;
/** What could not be saved is tried again, each time a little later. */
const RETRY_MS = [2_000, 5_000, 10_000, 30_000] as const;
const LAST_RETRY_MS = 30_000;

export interface GroupAnswersPorts {
  /** What the page came with. */
  readonly values: FieldValues;
  readonly shelf: AnswerShelf;
  /** Resolves with why it could not be saved. */
  readonly save: (values: FieldValues) => Promise<Problem | null>;
  readonly scheduler: Scheduler;
}

/** `unsaved`: only this device has it, and will try again. `refused`: the server will not take it. */
export type DraftState = 'untouched' | 'changed' | 'saving' | 'saved' | 'unsaved' | 'refused';

/** Answers to a group of forms while they are written: kept on this device at once, and by the server a moment later. */
export class GroupAnswers {
  readonly #ports: GroupAnswersPorts;
  #values = $state.raw<FieldValues>({});
  #state = $state.raw<DraftState>('untouched');
  #failures = 0;
  #isOver = false;
  #forget: () => void = () => undefined;

  constructor(ports: GroupAnswersPorts) {
    this.#ports = ports;
    this.#values = ports.values;
  }

  readonly values = $derived.by(() => this.#values);
  readonly state = $derived.by(() => this.#state);

  /** Takes up what an earlier visit of this tab could not save. Browser only. */
  look(): void {
    const found = this.#ports.shelf.read();
    if (found === null) return;
    this.#values = { ...this.#values, ...found };
    this.#change();
  }

  text(name: string): string {
    const value = this.#values[name];
    return typeof value === 'string' ? value : '';
  }

  chosen(name: string): readonly string[] {
    const value = this.#values[name];
    if (value === undefined || value === '') return [];
    return typeof value === 'string' ? [value] : value;
  }

  set(name: string, value: FieldValue): void {
    if (this.#isOver) return;
    this.#values = { ...this.#values, [name]: value };
    this.#ports.shelf.write(this.#values);
    this.#change();
  }

  toggle(name: string, option: string, isChosen: boolean): void {
    const others = this.chosen(name).filter((one) => one !== option);
    this.set(name, isChosen ? [...others, option] : others);
  }

  /** Saves what has changed. Does nothing while it is being saved: that goes on by itself. */
  async save(): Promise<void> {
    this.#forget();
    if (this.#isOver || this.#state === 'saving' || this.#state === 'untouched' || this.#state === 'saved') {
      return;
    }
    this.#state = 'saving';
    let saving: FieldValues;
    do {
      saving = this.#values;
      const problem = await this.#ports.save(saving);
      if (this.#isOver) return;
      if (problem !== null) {
        this.#fail(problem);
        return;
      }
    } while (this.#values !== saving);
    this.#failures = 0;
    this.#state = 'saved';
    this.#ports.shelf.clear();
  }

  /**
   * They were sent, which led to `to`, or nowhere else: where that is the page `here`, whatever it says besides, these
   * answers are in, or others of before are. Whoever has to sign in again first finds theirs when they are back.
   */
  sent(to: string | null, here: string): void {
    const [path] = to?.split('?') ?? [here];
    if (path !== here) return;
    this.stop();
    this.#ports.shelf.clear();
  }

  /** The page goes away; what is on the shelf stays there. */
  stop(): void {
    this.#isOver = true;
    this.#forget();
  }

  #change(): void {
    if (this.#state === 'saving') return;
    this.#state = 'changed';
    this.#later(PAUSE_MS);
  }

  #fail({ retryable }: Problem): void {
    this.#state = retryable ? 'unsaved' : 'refused';
    if (!retryable) return;
    this.#later(RETRY_MS[this.#failures] ?? LAST_RETRY_MS);
    this.#failures += 1;
  }

  #later(milliseconds: number): void {
    this.#forget();
    this.#forget = this.#ports.scheduler.after(milliseconds, () => void this.save());
  }
}
