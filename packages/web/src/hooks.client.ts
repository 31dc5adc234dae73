import type { HandleClientError } from '@sveltejs/kit/hooks';

/** A page that could not be fetched is no fault of ours: most often there is no network. */
export const handleError: HandleClientError = ({ kind, error }) => {
  if (kind !== 'unknown') return undefined;
  const isUnreachable = !navigator.onLine || error instanceof TypeError;
  return isUnreachable
    ? { status: 503, message: 'The server cannot be reached. Your network may be down.' }
    : { message: 'Something went wrong on this page.' };
};
