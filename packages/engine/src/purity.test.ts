import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { startDuel } from './testing/duel.ts';

const POISONED = [
  'setTimeout',
  'setInterval',
  'setImmediate',
  'fetch',
  'WebSocket',
  'crypto',
  'performance',
] as const;

function poison(name: string): () => never {
  return () => {
    throw new Error(`The engine reached for ${name}.`);
  };
}

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

describe('the engine', () => {
  it('plays a whole session without clock, chance, timers or network of its own', async () => {
    for (const name of POISONED) vi.stubGlobal(name, poison(name));
    vi.stubGlobal(
      'Date',
      new Proxy(Date, { construct: poison('new Date'), apply: poison('Date'), get: poison('Date') }),
    );
    vi.spyOn(Math, 'random').mockImplementation(poison('Math.random'));
    vi.spyOn(process, 'nextTick').mockImplementation(poison('process.nextTick'));

    const duel = await startDuel();
    for (const [index, seat] of (['home', 'away', 'home', 'away', 'home', 'away'] as const).entries()) {
      await duel.play(seat, String(index));
    }
    const kind = duel.log().at(-1)?.kind;
    vi.unstubAllGlobals();
    vi.restoreAllMocks();
    expect(kind).toBe('session_end');
  });

  it('imports nothing but zod, pure-rand, SHA-2 and itself', () => {
    const root = import.meta.dirname;
    const sources = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(
      (file) => file.endsWith('.ts') && !file.endsWith('.test.ts'),
    );
    const foreign = sources.flatMap((file) =>
      [...readFileSync(join(root, file), 'utf8').matchAll(/from '([^'.][^']*)'/g)]
        .map(([, name]) => name ?? '')
        .filter((name) => !/^(zod|pure-rand)(\/|$)|^@noble\/hashes\/(sha2|utils)\.js$/.test(name))
        .map((name) => `${file}: ${name}`),
    );
    expect(foreign).toEqual([]);
  });
});
