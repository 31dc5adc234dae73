/** What an address may not decide: how durable writes are, and whether reads may be stale. Lower case. */
const OURS = ['w', 'journal', 'j', 'fsync', 'wtimeout', 'wtimeoutms', 'readconcernlevel', 'readpreference'];

/** The address without options that the driver would prefer to ours. */
export function withoutDurability(url: string): string {
  const start = url.indexOf('?');
  if (start < 0) return url;
  const kept = url
    .slice(start + 1)
    .split('&')
    .filter((option) => !OURS.includes((option.split('=')[0] ?? '').toLowerCase()));
  return `${url.slice(0, start)}${kept.length === 0 ? '' : `?${kept.join('&')}`}`;
}

/** The database that an address names. Socket paths are percent-encoded in it, so the name starts at the first slash. */
export function dbNameIn(url: string): string | undefined {
  const name = /^mongodb(?:\+srv)?:\/\/[^/?]+\/([^?]+)/.exec(url)?.[1];
  return name === undefined ? undefined : decodeURIComponent(name);
}
