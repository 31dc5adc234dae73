export interface NamesRequest {
  readonly limit: number;
  /** The `nextCursor` of the page before. */
  readonly cursor?: string | undefined;
}

/** One page of names that are in order. */
export function namesPage(
  names: readonly string[],
  { limit, cursor }: NamesRequest,
): { readonly shown: readonly string[]; readonly nextCursor: string | null } {
  const rest = cursor === undefined ? names : names.filter((name) => name > cursor);
  const shown = rest.slice(0, limit);
  return { shown, nextCursor: rest.length > limit ? (shown.at(-1) ?? null) : null };
}
