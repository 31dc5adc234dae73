import { describe, expect, it } from 'vitest';
import { createMemoryStores } from '../store/memory/stores.ts';
import { createKeyRing } from './keyRing.ts';

async function world() {
  const { accessKeys, players } = createMemoryStores();
  let next = 0;
  let lookUps = 0;
  let now = 1_000;
  const newId = (): string => `id-${(next += 1)}`;
  const counting = {
    ...accessKeys,
    findByHash: (hash: string) => {
      lookUps += 1;
      return accessKeys.findByHash(hash);
    },
  };
  const keys = createKeyRing({
    accessKeys: counting,
    players,
    clock: { now: () => now },
    newId,
    newKey: newId,
    hash: (key) => `#${key}`,
  });
  await players.create({
    playerId: 'p',
    role: 'player',
    anonymous: true,
    registration: [],
    createdAt: 1,
    erasedAt: null,
  });
  return {
    keys,
    accessKeys: counting,
    players,
    lookUps: () => lookUps,
    pass: (ms: number) => {
      now += ms;
    },
  };
}

describe('the key ring', () => {
  it('knows whose key it is, asking the store once for many calls', async () => {
    const { keys, lookUps } = await world();
    const key = await keys.issue('p');
    for (let call = 0; call < 5; call += 1) expect(await keys.identify(key)).toMatchObject({ playerId: 'p' });
    expect(lookUps()).toBe(1);
    expect(await keys.identify('other')).toBeNull();
  });

  it('forgets a revoked key at once and tells whoever listens', async () => {
    const { keys } = await world();
    const key = await keys.issue('p');
    const principal = await keys.identify(key);
    const revoked: string[] = [];
    keys.onRevoked((keyId) => revoked.push(keyId));
    await keys.revoke(principal?.keyId ?? '');
    expect(await keys.identify(key)).toBeNull();
    expect(revoked).toEqual([principal?.keyId]);
  });

  it('is not fooled by a look-up that was under way when the key was revoked', async () => {
    const { keys, players, accessKeys } = await world();
    const key = await keys.issue('p');
    const [record] = await accessKeys.listByPlayer('p');
    const get = players.get.bind(players);
    const gate = Promise.withResolvers<void>();
    players.get = async (playerId) => {
      await gate.promise;
      return get(playerId);
    };
    const underWay = keys.identify(key);
    await keys.revoke(record?.keyId ?? '');
    gate.resolve();
    await underWay;
    expect(await keys.identify(key)).toBeNull();
  });

  it('notices within seconds that another node revoked a key', async () => {
    const { keys, accessKeys, pass } = await world();
    const key = await keys.issue('p');
    const principal = await keys.identify(key);
    await accessKeys.revoke(principal?.keyId ?? '', 2);
    pass(15_001);
    expect(await keys.identify(key)).toBeNull();
  });

  it('revokes everything of a player', async () => {
    const { keys } = await world();
    const [first, second] = [await keys.issue('p'), await keys.issue('p')];
    await keys.identify(first);
    await keys.revokeAll('p');
    expect([await keys.identify(first), await keys.identify(second)]).toEqual([null, null]);
  });
});
