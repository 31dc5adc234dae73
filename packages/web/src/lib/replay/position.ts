/** The step that an address such as `?at=14` points to; the first where it points to none. */
export function readPosition(params: URLSearchParams): number {
  const at = params.get('at') ?? '';
  return /^\d{1,9}$/.test(at) ? Math.max(1, Number(at)) : 1;
}
