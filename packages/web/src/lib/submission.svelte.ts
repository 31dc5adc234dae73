import type { ActionResult, SubmitFunction } from '$app/forms';

/** What an action of a page answers. */
type AnswerData = Record<string, unknown>;

interface SubmissionHooks<Answer extends AnswerData> {
  /** Leads to what is to be mended; without it, the first field that is wrong gets the focus. */
  readonly onFailure?: () => void;
  /** What was sent has been taken, and the page shows what follows from it; `to` is where it led, if elsewhere. */
  readonly onDone?: (to: string | null) => void;
  /** Whether a refusal is about what the page does not show yet: then everything is read anew before it is told. */
  readonly isAboutNews?: (answer: Answer) => boolean;
  /** Takes the answer in place of the page, which stays as it is. */
  readonly onAnswer?: ((result: ActionResult<Answer, Answer>) => Promise<void>) | undefined;
}

/** A form that is sent once: while the answer is awaited, a second submit does nothing. */
export class Submission<Answer extends AnswerData = AnswerData> {
  readonly #hooks: SubmissionHooks<Answer>;
  busy = $state(false);

  constructor(hooks: SubmissionHooks<Answer> = {}) {
    this.#hooks = hooks;
  }

  readonly enhance: SubmitFunction<Answer, Answer> = ({ cancel }) => {
    if (this.busy) {
      cancel();
      return undefined;
    }
    this.busy = true;
    return async ({ update, result }) => {
      try {
        const refreshAll = result.type === 'success' || this.#isAboutNews(result);
        await (this.#hooks.onAnswer?.(result) ?? update({ reset: false, refreshAll }));
      } finally {
        this.busy = false;
      }
      if (result.type === 'failure') (this.#hooks.onFailure ?? focusFirstProblem)();
      if (result.type === 'success') this.#hooks.onDone?.(null);
      if (result.type === 'redirect') this.#hooks.onDone?.(result.location);
    };
  };

  #isAboutNews(result: ActionResult<Answer, Answer>): boolean {
    return (
      result.type === 'failure' &&
      result.data !== undefined &&
      this.#hooks.isAboutNews?.(result.data) === true
    );
  }
}

function focusFirstProblem(): void {
  const field = document.querySelector('[aria-invalid="true"]') ?? document.querySelector('[data-problems]');
  if (field instanceof HTMLElement) field.focus();
}
