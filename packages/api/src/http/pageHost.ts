import type { App } from '../app.ts';
import type { ServerConfigDto } from '../dto.ts';
import type { ErrorShape } from '../errorShape.ts';
import type { ApiCaller } from '../routers/app.ts';

/**
 * What server-side rendering gets from the process it runs in. The pages are bundled on their own: importing the API
 * would give them a second copy of it.
 */
export interface PageHost {
  /** Calls procedures as whoever holds the key; `visitor` is the address for limits. */
  caller(accessKey: string | null, visitor?: string): ApiCaller;
  /** What the caller threw, as clients see it. */
  errorShape(error: unknown): ErrorShape;
  readonly config: ServerConfigDto;
}

/** The pages look here. */
const HOST = Symbol.for('dcs.host');

/** Offers the app to the pages. The result takes it back. */
export function offerToPages(app: App): () => void {
  const host: PageHost = {
    caller: app.caller,
    errorShape: app.errorShape,
    config: app.services.server.config(),
  };
  Reflect.set(globalThis, HOST, host);
  return () => {
    if (Reflect.get(globalThis, HOST) === host) Reflect.deleteProperty(globalThis, HOST);
  };
}
