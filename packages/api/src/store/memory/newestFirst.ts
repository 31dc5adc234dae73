/** A row's place in a list: its time, and its id for rows of the same time. */
export interface Place {
  readonly at: number;
  readonly id: string;
}

/** Negative when `a` comes before `b`: later first, then the greater id by UTF-8 bytes, as the database orders them. */
function byPlace(a: Place, b: Place): number {
  return b.at - a.at || Buffer.compare(Buffer.from(b.id), Buffer.from(a.id));
}

/** The rows after the cursor, newest first. */
export function newestFirst<Row>(
  rows: readonly Row[],
  placeOf: (row: Row) => Place,
  { limit, before }: { readonly limit: number; readonly before: Place | undefined },
): readonly Row[] {
  return rows
    .filter((row) => before === undefined || byPlace(placeOf(row), before) > 0)
    .toSorted((a, b) => byPlace(placeOf(a), placeOf(b)))
    .slice(0, limit);
}

/** The rows after the cursor, oldest first. */
export function oldestFirst<Row>(
  rows: readonly Row[],
  placeOf: (row: Row) => Place,
  { limit, after }: { readonly limit: number; readonly after: Place | undefined },
): readonly Row[] {
  return rows
    .filter((row) => after === undefined || byPlace(placeOf(row), after) < 0)
    .toSorted((a, b) => byPlace(placeOf(b), placeOf(a)))
    .slice(0, limit);
}
