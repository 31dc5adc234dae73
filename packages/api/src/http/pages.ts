import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { preparePageEnvironment } from '../env.ts';
import { StartError } from '../startError.ts';
import type { PageHandler } from './httpHandler.ts';

function isHandler(value: unknown): value is PageHandler {
  return typeof value === 'function';
}

/** SvelteKit's handler from its build. Throws StartError when the pages are not built. */
export async function loadPages(handlerFile: string): Promise<PageHandler> {
  const ways = 'Run npm start, which builds them, or leave them out with --headless.';
  if (!existsSync(handlerFile)) throw new StartError('server/no-pages', `The pages are not built. ${ways}`);
  preparePageEnvironment();
  const built: unknown = await import(pathToFileURL(handlerFile).href);
  const handler =
    typeof built === 'object' && built !== null && 'handler' in built ? built.handler : undefined;
  if (!isHandler(handler))
    throw new StartError('server/no-pages', `The build of the pages is broken. ${ways}`);
  return handler;
}
