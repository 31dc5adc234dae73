import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { editorSchemas } from '../catalog/jsonSchemas.ts';
import { respondJson } from './respond.ts';

interface PublishedSchema {
  readonly text: string;
  readonly tag: string;
}

interface Exchange {
  readonly req: IncomingMessage;
  readonly res: ServerResponse;
}

const FOLDER = '/schemas/';
/** Long enough for an afternoon of writing; whoever asks after an update sees what it brought within minutes. */
const KEPT_SECONDS = 300;

export const isSchemaPath = (path: string): boolean => path.startsWith(FOLDER);

/** By address. */
function publishedSchemas(): ReadonlyMap<string, PublishedSchema> {
  const published = editorSchemas().map(({ name, text }) => {
    const tag = `"${createHash('sha256').update(text).digest('base64url')}"`;
    return [`${FOLDER}${name}.json`, { text, tag }] as const;
  });
  return new Map(published);
}

/**
 * `GET /schemas/<name>.json`: the JSON Schemas of data files, for editors wherever they run. There is nothing in them that
 * anybody may not know.
 */
export function createSchemaHandler(): (path: string, exchange: Exchange) => void {
  let published: ReadonlyMap<string, PublishedSchema> | null = null;
  return (path, { req, res }) => {
    // Editors on a page look at it with the rights of that page.
    res.setHeader('access-control-allow-origin', '*');
    if (req.method !== 'GET' && req.method !== 'HEAD') {
      res.setHeader('allow', 'GET, HEAD');
      respondJson(res, 405, { reason: 'request/method', message: 'Schemas are there to be read.' });
      return;
    }
    published ??= publishedSchemas();
    const schema = published.get(path);
    if (schema !== undefined) respondSchema(schema, { req, res });
    else {
      const message = `No schema is here. There are: ${[...published.keys()].join(', ')}.`;
      respondJson(res, 404, { reason: 'schema/unknown', message });
    }
  };
}

function respondSchema({ text, tag }: PublishedSchema, { req, res }: Exchange): void {
  res.setHeader('cache-control', `public, max-age=${KEPT_SECONDS}`);
  res.setHeader('etag', tag);
  if (isKept(req, tag)) {
    res.writeHead(304).end();
    return;
  }
  res.writeHead(200, {
    'content-type': 'application/schema+json',
    'content-length': Buffer.byteLength(text),
    'x-content-type-options': 'nosniff',
  });
  res.end(text);
}

/** Proxies that compress an answer make its tag a weak one. */
function isKept({ headers }: IncomingMessage, tag: string): boolean {
  const tags = (headers['if-none-match'] ?? '').split(',').map((one) => one.trim().replace(/^W\//, ''));
  return tags.includes(tag) || tags.includes('*');
}
