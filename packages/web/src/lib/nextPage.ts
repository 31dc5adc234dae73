/** Where to go after signing in: a page of this site, or the given one when the address is anything else. */
export function readNextPage(value: string | null | undefined, otherwise: string): string {
  if (value === null || value === undefined || value.length > 500) return otherwise;
  return /^\/(?![/\\])[^\s\\]*$/.test(value) ? value : otherwise;
}
