import superjson from 'superjson';
import type { SuperJSONResult } from 'superjson';
import type { ErrorShape } from '../errorShape.ts';

/** A message of the server about one request. */
export type ServerMessage =
  | { readonly type: 'started' | 'stopped'; readonly id: number }
  | {
      readonly type: 'data';
      readonly id: number;
      readonly data: unknown;
      readonly eventId: string | undefined;
    }
  | { readonly type: 'error'; readonly id: number; readonly error: ErrorShape }
  /** The server will go away: connect anew when nothing is in flight. */
  | { readonly type: 'reconnect' };

export interface ClientRequest {
  readonly id: number;
  readonly type: 'query' | 'mutation' | 'subscription';
  readonly path: string;
  readonly input: unknown;
  readonly lastEventId: string | undefined;
}

type Fields = Readonly<Record<string, unknown>>;

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null;
}

function isPacked(value: unknown): value is SuperJSONResult {
  return isFields(value) && 'json' in value;
}

function isErrorShape(value: unknown): value is ErrorShape {
  return (
    isFields(value) &&
    typeof value['message'] === 'string' &&
    isFields(value['data']) &&
    typeof value['data']['reason'] === 'string'
  );
}

function unpack(value: unknown): unknown {
  return isPacked(value) ? superjson.deserialize(value) : undefined;
}

export function encodeRequest({ id, type, path, input, lastEventId }: ClientRequest): string {
  const params = {
    path,
    input: superjson.serialize(input),
    ...(lastEventId === undefined ? {} : { lastEventId }),
  };
  return JSON.stringify({ id, jsonrpc: '2.0', method: type, params });
}

export function encodeStop(id: number): string {
  return JSON.stringify({ id, jsonrpc: '2.0', method: 'subscription.stop' });
}

export function encodeConnectionParams(params: Readonly<Record<string, string>>): string {
  return JSON.stringify({ method: 'connectionParams', data: params });
}

function decodeResult(id: number, result: Fields): ServerMessage | null {
  if (result['type'] === 'started' || result['type'] === 'stopped') return { type: result['type'], id };
  if (!('data' in result)) return null;
  const eventId = typeof result['id'] === 'string' ? result['id'] : undefined;
  return { type: 'data', id, data: unpack(result['data']), eventId };
}

/** What the server said, or `null` for what cannot be understood. */
export function decodeMessage(text: string): ServerMessage | null {
  let message: unknown;
  try {
    message = JSON.parse(text);
  } catch {
    return null;
  }
  if (!isFields(message)) return null;
  if (message['method'] === 'reconnect') return { type: 'reconnect' };
  const { id } = message;
  if (typeof id !== 'number') return null;
  if (isFields(message['result'])) return decodeResult(id, message['result']);
  const error = unpack(message['error']);
  return isErrorShape(error) ? { type: 'error', id, error } : null;
}
