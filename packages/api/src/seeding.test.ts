import { builtInGames } from '@dcs/engine';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { createLogger } from './logger.ts';
import { hashAccessKey, newAccessKey } from './security/index.ts';
import { ensureAdmin, seed } from './seeding.ts';
import { createMemoryStores } from './store/memory/stores.ts';
import type { Stores } from './store/ports.ts';

const PROJECT_DIR = path.resolve(import.meta.dirname, '../../..');
const clock = { now: () => 1_800_000_000_000 };

async function start(stores: Stores) {
  const options = { projectDir: PROJECT_DIR, games: builtInGames, moreGames: [], stores, clock };
  return seed({ ...options, logger: createLogger('silent') });
}

describe('starting a server', () => {
  it('brings the characters and games of the data files', async () => {
    const stores = createMemoryStores();
    const games = await start(stores);
    expect(games.find('Explore')).not.toBeNull();
    expect((await stores.characters.current()).length).toBeGreaterThanOrEqual(12);
  });

  it('leaves alone what an administrator has changed or retired since', async () => {
    const stores = createMemoryStores();
    await start(stores);
    const [changed, retired] = await stores.characters.current();
    if (changed === undefined || retired === undefined) throw new Error('There are no characters.');
    const sheet = { ...changed.sheet, shortDescription: 'Somebody else by now.' };
    await stores.characters.put(sheet, { revision: 'edited', at: clock.now() });
    await stores.characters.retire({ hid: retired.sheet.hid, revision: retired.revision }, clock.now());
    await start(stores);
    expect(await stores.characters.currentRevision(changed.sheet.hid)).toBe('edited');
    expect(await stores.characters.currentRevision(retired.sheet.hid)).toBeNull();
  });
});

describe('the key of the administrator', () => {
  it('opens the door once, however often the server starts', async () => {
    const stores = createMemoryStores();
    const key = newAccessKey();
    await ensureAdmin(stores, key, clock);
    await ensureAdmin(stores, key, clock);
    const record = await stores.accessKeys.findByHash(hashAccessKey(key));
    expect(await stores.players.get(record?.playerId ?? '')).toMatchObject({ role: 'admin' });
  });

  it('is completed by the next start when one was cut off after issuing it', async () => {
    const stores = createMemoryStores();
    const key = newAccessKey();
    const hash = hashAccessKey(key);
    await stores.accessKeys.issue({ keyId: 'k', hash, playerId: 'p', createdAt: clock.now() });
    await ensureAdmin(stores, key, clock);
    expect(await stores.players.get('p')).toMatchObject({ role: 'admin' });
  });

  it.each(['', 'secret', 'dcs-ak-short'])('is refused when it is %j, and not repeated', async (key) => {
    const refusal = ensureAdmin(createMemoryStores(), key, clock);
    await expect(refusal).rejects.toMatchObject({ reason: 'auth/bad-admin-key' });
  });

  it('is refused when it was revoked', async () => {
    const stores = createMemoryStores();
    const key = newAccessKey();
    await ensureAdmin(stores, key, clock);
    const record = await stores.accessKeys.findByHash(hashAccessKey(key));
    await stores.accessKeys.revoke(record?.keyId ?? '', clock.now());
    await expect(ensureAdmin(stores, key, clock)).rejects.toMatchObject({ reason: 'auth/bad-admin-key' });
  });
});
