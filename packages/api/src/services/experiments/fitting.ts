/** As many of `entries`, the first ones first, as fit into `mostBytes` of JSON; at least one where there is any. */
export function fitting<Entry>(entries: readonly Entry[], mostBytes: number): readonly Entry[] {
  let left = mostBytes;
  const end = entries.findIndex((entry, index) => {
    left -= Buffer.byteLength(JSON.stringify(entry));
    return left < 0 && index > 0;
  });
  return end < 0 ? entries : entries.slice(0, end);
}
