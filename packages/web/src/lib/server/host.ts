import type { PageHost } from '@dcs/api';

/** What the pages ask of the API while they are rendered. */
export type Api = ReturnType<PageHost['caller']>;

const HOST = Symbol.for('dcs.host');

function isHost(value: unknown): value is PageHost {
  return typeof value === 'object' && value !== null && 'caller' in value && 'errorShape' in value;
}

/**
 * The API of the process that serves this page. It is handed over on a symbol, not imported: an import would be bundled
 * and make a second copy of everything that lives in memory.
 */
export function pageHost(): PageHost {
  const host: unknown = Reflect.get(globalThis, HOST);
  if (!isHost(host)) throw new Error('The web page is served by the DCS server: start it with "npm start".');
  return host;
}
