import { deserialize } from '$app/forms';
import type { Problem } from '#lib/answered.ts';
import type { FieldValues } from './responses.ts';

const UNREACHABLE: Problem = {
  reason: 'page/unreachable',
  message: 'The server could not be reached.',
  retryable: true,
};
const NOT_KEPT: Problem = {
  reason: 'page/not-kept',
  message: 'The server did not take it.',
  retryable: false,
};

/** Another time may be a better one: the server is overtaxed, restarts, or asks to wait. */
const isPassing = (status: number): boolean => status === 429 || status >= 500;

/**
 * Sends what is there of a group's answers to the page of its experiment. Resolves with why it was not kept; never
 * rejects. Without a connection it fails at once, so that whoever writes can be told.
 */
export async function sendDraft(page: string, groupId: string, values: FieldValues): Promise<Problem | null> {
  const body = new FormData();
  body.set('groupId', groupId);
  for (const [name, value] of Object.entries(values)) {
    for (const one of typeof value === 'string' ? [value] : value) body.append(name, one);
  }
  const headers = { accept: 'application/json', 'x-sveltekit-action': 'true' };
  try {
    const response = await fetch(`${page}?/draft`, { method: 'POST', body, headers });
    const result = deserialize(await response.text());
    if (result.type === 'success') return null;
    return isPassing(result.status ?? 0) ? UNREACHABLE : NOT_KEPT;
  } catch {
    return UNREACHABLE;
  }
}
