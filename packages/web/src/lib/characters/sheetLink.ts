import { applyAction, deserialize } from '$app/forms';
import type { SheetAnswer } from '#lib/server/sheetActions.ts';

interface SentSheet {
  readonly sheet: string;
  readonly expectedRevision: string;
}

const LOST: Pick<SheetAnswer, 'reason' | 'problem'> = {
  reason: 'page/unreachable',
  problem: 'The server could not be reached. Nothing was saved; what you wrote is kept here. Try again.',
};

/**
 * Sends a sheet to an action of the page that it stands on. `null` when the page is about to be another, such as the one to
 * sign in on. Whatever goes wrong on the way is an answer as well: what was written stays where it is.
 */
export async function sendSheet(action: 'check' | 'save', sent: SentSheet): Promise<SheetAnswer | null> {
  const body = new FormData();
  body.set('sheet', sent.sheet);
  body.set('expectedRevision', sent.expectedRevision);
  const headers = { accept: 'application/json', 'x-sveltekit-action': 'true' };
  try {
    const response = await fetch(`?/${action}`, { method: 'POST', body, headers });
    const result = deserialize<SheetAnswer, SheetAnswer>(await response.text());
    if (result.type === 'redirect') {
      await applyAction(result);
      return null;
    }
    if (result.type === 'error') return refused(result.error);
    return result.data ?? refused(null);
  } catch {
    return refused(null);
  }
}

function refused(error: unknown): SheetAnswer {
  const message: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, 'message') : null;
  const problem = typeof message === 'string' && message !== '' ? message : LOST.problem;
  return { reason: LOST.reason, problem, problems: [], warnings: [], saved: '' };
}
