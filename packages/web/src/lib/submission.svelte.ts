import type { SubmitFunction } from '$app/forms';

/** A form that is sent once: while the answer is awaited, a second submit does nothing. */
export class Submission {
  busy = $state(false);

  readonly enhance: SubmitFunction = ({ cancel }) => {
    if (this.busy) {
      cancel();
      return undefined;
    }
    this.busy = true;
    return async ({ update, result }) => {
      try {
        await update({ reset: false });
      } finally {
        this.busy = false;
      }
      if (result.type === 'failure') focusFirstProblem();
    };
  };
}

function focusFirstProblem(): void {
  const field = document.querySelector('[aria-invalid="true"]') ?? document.querySelector('[data-problems]');
  if (field instanceof HTMLElement) field.focus();
}
