import { ApiError } from '../errors.ts';

/* Lists come newest first, in pages; where one ends is named by a time and an id, which callers hand back unread. */

/** What a caller asks for. `cursor` is the `nextCursor` of the page before. */
export interface ListRequest {
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** The place of a row in a list. `at` is epoch ms. */
export interface ListPlace {
  readonly at: number;
  readonly id: string;
}

const CURSOR = /^(\d{1,16})_([^\s]{1,128})$/;

function readCursor(cursor: string): ListPlace {
  const [, at, id] = CURSOR.exec(cursor) ?? [];
  if (id === undefined) {
    const message = 'Send the nextCursor of the page before, or none for the first page.';
    throw new ApiError('request/invalid-cursor', message);
  }
  return { at: Number(at), id };
}

/**
 * One page. `find` is asked for one row more than is shown, which says whether there is another page. Throws an ApiError
 * with `request/invalid-cursor`.
 */
export async function listPage<Row>(
  { limit, cursor }: ListRequest,
  find: (limit: number, before: ListPlace | null) => Promise<readonly Row[]>,
  placeOf: (row: Row) => ListPlace,
): Promise<{ readonly rows: readonly Row[]; readonly nextCursor: string | null }> {
  const found = await find(limit + 1, cursor === undefined ? null : readCursor(cursor));
  const rows = found.slice(0, limit);
  const last = found.length > limit ? rows.at(-1) : undefined;
  if (last === undefined) return { rows, nextCursor: null };
  const { at, id } = placeOf(last);
  return { rows, nextCursor: `${Math.trunc(at)}_${id}` };
}
