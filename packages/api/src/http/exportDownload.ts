import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import type { ApiContext } from '../context.ts';
import type { ErrorShape } from '../errorShape.ts';
import type { ExperimentExports } from '../services/experiments/experimentExports.ts';
import { admitted } from '../trpc.ts';
import { respondJson } from './respond.ts';

export interface ExportDownloadPorts {
  readonly exports: ExperimentExports;
  readonly contextOf: (req: IncomingMessage, connectionParams: null) => ApiContext;
  /** A thrown error as clients see it. */
  readonly errorShape: (error: unknown, path: string) => ErrorShape;
}

const PATH = /^\/exports\/([A-Za-z][\w-]{0,99})$/;

/** The name of an experiment in `/exports/<name>`; `null` for any other path. */
export const exportedName = (path: string): string | null => PATH.exec(path)?.[1] ?? null;

/**
 * `GET /exports/<experiment>`, with `?personal=yes` for what says who participants are: an archive of all its data, for
 * whoever presents the access key of an administrator as `Authorization: Bearer`.
 */
export async function respondExport(
  { exports, contextOf, errorShape }: ExportDownloadPorts,
  name: string,
  { req, res }: { readonly req: IncomingMessage; readonly res: ServerResponse },
): Promise<void> {
  if (req.method !== 'GET') {
    res.setHeader('allow', 'GET');
    respondJson(res, 405, { reason: 'request/method', message: 'Exports are there to be read.' });
    return;
  }
  try {
    const principal = await admitted(contextOf(req, null));
    const { searchParams } = new URL(req.url ?? '/', 'http://localhost');
    const personal = searchParams.get('personal') === 'yes';
    const { fileName, body } = await exports.open(principal, { name, personal });
    res.writeHead(200, {
      'content-type': 'application/gzip',
      'content-disposition': `attachment; filename="${fileName}"`,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    });
    await pipeline(body, res);
  } catch (error) {
    const { message, data } = errorShape(error, 'exports');
    // Half an archive cannot be read: whoever asked sees that it broke off.
    if (res.headersSent) res.destroy();
    else respondJson(res, data.httpStatus, { message, ...data });
  }
}
