import { describe, expect, it } from 'vitest';
import { createMemoryStores } from '../store/memory/stores.ts';
import { manualTimers, settled } from '../../test/support/manualTimers.ts';
import { createKeyRing, HANDOVER_MS } from './keyRing.ts';

const hashOf = (key: string): string => `#${key}`;

async function world() {
  const { accessKeys, players } = createMemoryStores();
  let next = 0;
  let lookUps = 0;
  const timers = manualTimers(1_000_000);
  const faults: unknown[] = [];
  const newId = (): string => `id-${(next += 1)}`;
  const counting = {
    ...accessKeys,
    findByHash: (hash: string, at?: number) => {
      lookUps += 1;
      return accessKeys.findByHash(hash, at);
    },
  };
  const keys = createKeyRing({
    accessKeys: counting,
    players,
    clock: timers.clock,
    timers,
    newId,
    newKey: newId,
    successor: (keyId, commandId) => `${keyId}>${commandId}`,
    onFault: (fault) => faults.push(fault),
    hash: hashOf,
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
    faults,
    pass: async (ms: number) => {
      timers.advance(ms);
      await settled();
    },
    principalOf: async (key: string) => {
      const principal = await keys.identify(hashOf(key));
      if (principal === null) throw new Error('This key is not in force.');
      return principal;
    },
  };
}

describe('the key ring', () => {
  it('knows whose key it is, asking the store once for many calls', async () => {
    const { keys, lookUps } = await world();
    const key = await keys.issue('p');
    for (let call = 0; call < 5; call += 1)
      expect(await keys.identify(hashOf(key))).toMatchObject({ playerId: 'p' });
    expect(lookUps()).toBe(1);
    expect(await keys.identify(hashOf('other'))).toBeNull();
  });

  it('forgets a revoked key at once and tells whoever listens', async () => {
    const { keys } = await world();
    const key = await keys.issue('p');
    const principal = await keys.identify(hashOf(key));
    const revoked: string[] = [];
    keys.onRevoked((keyId) => revoked.push(keyId));
    await keys.revoke(principal?.keyId ?? '');
    expect(await keys.identify(hashOf(key))).toBeNull();
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
    const underWay = keys.identify(hashOf(key));
    await keys.revoke(record?.keyId ?? '');
    gate.resolve();
    await underWay;
    expect(await keys.identify(hashOf(key))).toBeNull();
  });

  it('notices within seconds that another node revoked a key', async () => {
    const { keys, accessKeys, pass } = await world();
    const key = await keys.issue('p');
    const principal = await keys.identify(hashOf(key));
    await accessKeys.revoke(principal?.keyId ?? '', 2);
    await pass(15_001);
    expect(await keys.identify(hashOf(key))).toBeNull();
  });

  it('forgets a key that another node says was revoked, and tells whoever listens', async () => {
    const { keys, accessKeys, principalOf } = await world();
    const key = await keys.issue('p');
    const { keyId } = await principalOf(key);
    const revoked: string[] = [];
    keys.onRevoked((id) => revoked.push(id));
    await accessKeys.revoke(keyId, 1_000_000);
    keys.revokedElsewhere(keyId);
    expect(keys.recall(hashOf(key))).toBeNull();
    expect(await keys.identify(hashOf(key))).toBeNull();
    expect(revoked).toEqual([keyId]);
  });

  it('recalls whom it knows without asking anybody', async () => {
    const { keys, lookUps } = await world();
    const key = await keys.issue('p');
    expect(keys.recall(hashOf(key))).toBeNull();
    await keys.identify(hashOf(key));
    expect(keys.recall(hashOf(key))).toMatchObject({ playerId: 'p' });
    expect(lookUps()).toBe(1);
  });

  it('revokes everything of a player', async () => {
    const { keys } = await world();
    const [first, second] = [await keys.issue('p'), await keys.issue('p')];
    await keys.identify(hashOf(first));
    await keys.revokeAll('p');
    expect([await keys.identify(hashOf(first)), await keys.identify(hashOf(second))]).toEqual([null, null]);
  });
});

describe('handing a key over', () => {
  it('gives the same key for the same command, and keeps the old one until the new one is used', async () => {
    const { keys, principalOf, accessKeys } = await world();
    const old = await keys.issue('p');
    const player = await principalOf(old);
    const [first, again] = [await keys.handOver(player, 'c'), await keys.handOver(player, 'c')];
    expect(again).toBe(first);
    expect(await accessKeys.listByPlayer('p')).toHaveLength(2);
    expect(await keys.identify(hashOf(old))).toMatchObject({ playerId: 'p' });
    expect(await keys.identify(hashOf(first))).toMatchObject({ playerId: 'p' });
    expect(await keys.identify(hashOf(old))).toBeNull();
  });

  it('closes what came in with the old key as soon as the new one is used', async () => {
    const { keys, principalOf } = await world();
    const old = await keys.issue('p');
    const player = await principalOf(old);
    const revoked: string[] = [];
    keys.onRevoked((keyId) => revoked.push(keyId));
    const next = await keys.handOver(player, 'c');
    expect(revoked).toEqual([]);
    await keys.identify(hashOf(next));
    expect(revoked).toEqual([player.keyId]);
  });

  it('ends the old key after a while though the new one is never used, also where it was remembered', async () => {
    const { keys, principalOf, pass } = await world();
    const old = await keys.issue('p');
    const player = await principalOf(old);
    const revoked: string[] = [];
    keys.onRevoked((keyId) => revoked.push(keyId));
    await keys.handOver(player, 'c');
    await pass(HANDOVER_MS - 10);
    expect(await keys.identify(hashOf(old))).not.toBeNull();
    // Repeating the command does not prolong it.
    await keys.handOver(player, 'c');
    await pass(10);
    expect(keys.recall(hashOf(old))).toBeNull();
    expect(await keys.identify(hashOf(old))).toBeNull();
    expect(revoked).toEqual([player.keyId]);
  });

  it('leaves nobody without a key when the store fails in between', async () => {
    const { keys, principalOf, accessKeys } = await world();
    const old = await keys.issue('p');
    const player = await principalOf(old);
    const revoke = accessKeys.revoke.bind(accessKeys);
    accessKeys.revoke = () => Promise.reject(new Error('away'));
    await expect(keys.handOver(player, 'c')).rejects.toThrow('away');
    accessKeys.revoke = revoke;
    expect(await keys.identify(hashOf(old))).not.toBeNull();
    const next = await keys.handOver(player, 'c');
    expect(await keys.identify(hashOf(next))).toMatchObject({ playerId: 'p' });
  });
});

describe('noting when a key was used', () => {
  const lastUse = async ({ accessKeys }: Awaited<ReturnType<typeof world>>) =>
    (await accessKeys.listByPlayer('p'))[0]?.lastUsedAt;

  it('happens behind the call, once a minute at most', async () => {
    const made = await world();
    const { keys, accessKeys, pass } = made;
    let writes = 0;
    const record = accessKeys.recordUse.bind(accessKeys);
    accessKeys.recordUse = (keyId, at) => {
      writes += 1;
      return record(keyId, at);
    };
    const key = await keys.issue('p');
    for (let call = 0; call < 100; call += 1) await keys.identify(hashOf(key));
    expect(writes).toBe(0);
    await pass(5_000);
    expect(await lastUse(made)).toBe(1_000_000);
    // 50 seconds later it is still the same minute.
    for (let second = 0; second < 50; second += 1) {
      await keys.identify(hashOf(key));
      await pass(1_000);
    }
    expect(writes).toBe(1);
    await pass(10_000);
    await keys.identify(hashOf(key));
    await pass(5_000);
    expect(writes).toBe(2);
    expect(await lastUse(made)).toBe(1_065_000);
  });

  it('is tried again when the database was away, and is done before the server stops', async () => {
    const made = await world();
    const { keys, accessKeys, pass, faults } = made;
    const record = accessKeys.recordUse.bind(accessKeys);
    accessKeys.recordUse = () => Promise.reject(new Error('away'));
    const key = await keys.issue('p');
    expect(await keys.identify(hashOf(key))).not.toBeNull();
    await pass(5_000);
    expect(faults).toHaveLength(1);
    expect(await lastUse(made)).toBeNull();
    accessKeys.recordUse = record;
    await keys.stop();
    expect(await lastUse(made)).toBe(1_000_000);
  });
});
