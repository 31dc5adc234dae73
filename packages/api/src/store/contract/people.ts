import { beforeEach, describe, expect, it } from 'vitest';
import type { Player, Stores } from '../ports.ts';
import { DuplicateRecord } from '../storeErrors.ts';
import { newId, T0 } from './samples.ts';

function samplePlayer(over: Partial<Player> = {}): Player {
  return {
    playerId: newId(),
    role: 'player',
    anonymous: false,
    registration: [
      { name: 'fullName', personal: true },
      { name: 'consentToFollowup', personal: false, answer: false },
      { name: 'how.$found', personal: false, answer: 'A friend' },
    ],
    createdAt: T0,
    erasedAt: null,
    ...over,
  };
}

function describePlayers(open: () => Stores): void {
  describe('the player store', () => {
    it('gives a player back as created, and null for an unknown one', async () => {
      const { players } = open();
      const [registered, anonymous] = [samplePlayer(), samplePlayer({ anonymous: true, registration: [] })];
      await players.create(registered);
      await players.create(anonymous);
      expect(await players.get(registered.playerId)).toEqual(registered);
      expect(await players.get(anonymous.playerId)).toEqual(anonymous);
      expect(await players.get(newId())).toBeNull();
    });

    it('refuses an id that is taken, and keeps the first player', async () => {
      const { players } = open();
      const player = samplePlayer();
      await players.create(player);
      const second = samplePlayer({ playerId: player.playerId, role: 'admin' });
      await expect(players.create(second)).rejects.toBeInstanceOf(DuplicateRecord);
      expect(await players.get(player.playerId)).toEqual(player);
    });

    it('changes the role of known players alone', async () => {
      const { players } = open();
      const player = samplePlayer();
      await players.create(player);
      expect(await players.setRole(player.playerId, 'admin')).toBe(true);
      expect(await players.setRole(player.playerId, 'admin')).toBe(true);
      expect(await players.get(player.playerId)).toEqual({ ...player, role: 'admin' });
      expect(await players.setRole(newId(), 'admin')).toBe(false);
    });

    it('lists players newest first, in pages, of a role or of all', async () => {
      const { players } = open();
      // Years ahead of everything else in a shared database.
      const start = T0 + 1e12 + Math.floor(Math.random() * 1e9) * 10;
      const all = [0, 1, 1, 2].map((offset, index) =>
        samplePlayer({ createdAt: start + offset, role: index === 1 ? 'admin' : 'player' }),
      );
      for (const player of all) await players.create(player);
      const before = { createdAt: start + 3, playerId: '' };
      const whole = await players.list({ limit: 4, before });
      expect(whole.map(({ createdAt }) => createdAt - start)).toEqual([2, 1, 1, 0]);
      expect(new Set(whole.map(({ playerId }) => playerId))).toEqual(
        new Set(all.map(({ playerId }) => playerId)),
      );
      const [first, second, third] = whole;
      const place = { createdAt: first?.createdAt ?? 0, playerId: first?.playerId ?? '' };
      expect(await players.list({ limit: 2, before: place })).toEqual([second, third]);
      expect(await players.list({ limit: 1, before, role: 'admin' })).toEqual([all[1]]);
    });

    it('forgets the answers of an erased player and remembers when that was first asked', async () => {
      const { players } = open();
      const player = samplePlayer();
      await players.create(player);
      expect(await players.erase(player.playerId, T0 + 1)).toBe(true);
      expect(await players.erase(player.playerId, T0 + 2)).toBe(true);
      expect(await players.get(player.playerId)).toEqual({ ...player, registration: [], erasedAt: T0 + 1 });
      expect(await players.erase(newId(), T0)).toBe(false);
    });
  });
}

function describePersonalData(open: () => Stores): void {
  describe('the personal data store', () => {
    it('keeps, replaces and erases the sealed fields of one person', async () => {
      const { personalData } = open();
      const [ann, bob] = [newId(), newId()];
      await personalData.put(ann, { fullName: 'sealed-1', email: 'sealed-2' }, T0);
      await personalData.put(bob, { fullName: 'sealed-3' }, T0);
      await personalData.put(ann, { fullName: 'sealed-4', 'odd.$name': 'sealed-5' }, T0 + 1);
      expect(await personalData.get(ann)).toEqual({ fullName: 'sealed-4', 'odd.$name': 'sealed-5' });
      expect(await personalData.erase(ann)).toBe(true);
      expect(await personalData.get(ann)).toBeNull();
      expect(await personalData.erase(ann)).toBe(false);
      expect(await personalData.get(bob)).toEqual({ fullName: 'sealed-3' });
    });
  });
}

function describeAccessKeys(open: () => Stores): void {
  describe('the access key store', () => {
    let stores: Stores;
    beforeEach(() => {
      stores = open();
    });
    const sampleKey = (playerId: string, createdAt = T0) => ({
      keyId: newId(),
      hash: newId(),
      playerId,
      createdAt,
    });

    it('finds a key in force by its hash', async () => {
      const key = sampleKey(newId());
      await stores.accessKeys.issue(key);
      const expected = { ...key, revokedAt: null, lastUsedAt: null };
      expect(await stores.accessKeys.findByHash(key.hash)).toEqual(expected);
      expect(await stores.accessKeys.findByHash(newId())).toBeNull();
      expect(await stores.accessKeys.findByHash('')).toBeNull();
    });

    it('refuses a hash or an id that is taken', async () => {
      const key = sampleKey(newId());
      await stores.accessKeys.issue(key);
      const sameHash = { ...sampleKey(newId()), hash: key.hash };
      const sameId = { ...sampleKey(newId()), keyId: key.keyId };
      await expect(stores.accessKeys.issue(sameHash)).rejects.toBeInstanceOf(DuplicateRecord);
      await expect(stores.accessKeys.issue(sameId)).rejects.toBeInstanceOf(DuplicateRecord);
    });

    it('no longer finds a revoked key, and revokes it once', async () => {
      const key = sampleKey(newId());
      await stores.accessKeys.issue(key);
      expect(await stores.accessKeys.revoke(key.keyId, T0 + 1)).toBe(true);
      expect(await stores.accessKeys.revoke(key.keyId, T0 + 2)).toBe(false);
      expect(await stores.accessKeys.revoke(newId(), T0)).toBe(false);
      expect(await stores.accessKeys.findByHash(key.hash)).toBeNull();
      const [listed] = await stores.accessKeys.listByPlayer(key.playerId);
      expect(listed?.revokedAt).toBe(T0 + 1);
    });

    it('finds a key until its end comes, and lets an earlier end win', async () => {
      const key = sampleKey(newId());
      await stores.accessKeys.issue(key);
      expect(await stores.accessKeys.revoke(key.keyId, T0 + 100)).toBe(true);
      expect(await stores.accessKeys.findByHash(key.hash, T0 + 99)).toMatchObject({ revokedAt: T0 + 100 });
      expect(await stores.accessKeys.findByHash(key.hash, T0 + 100)).toBeNull();
      expect(await stores.accessKeys.findByHash(key.hash)).toBeNull();
      expect(await stores.accessKeys.revoke(key.keyId, T0 + 200)).toBe(false);
      expect(await stores.accessKeys.revokeAll(key.playerId, { at: T0 + 50 })).toBe(1);
      expect(await stores.accessKeys.findByHash(key.hash, T0 + 50)).toBeNull();
    });

    it('finds the keys of several players that are in force at a time', async () => {
      const [ann, bob, cyd] = [newId(), newId(), newId()];
      const [old, ending, other, strange] = [sampleKey(ann), sampleKey(ann), sampleKey(bob), sampleKey(cyd)];
      for (const key of [old, ending, other, strange]) await stores.accessKeys.issue(key);
      await stores.accessKeys.revoke(old.keyId, T0 + 1);
      await stores.accessKeys.revoke(ending.keyId, T0 + 9);
      const at = async (time: number) =>
        (await stores.accessKeys.inForce([ann, bob, newId()], time)).map(({ keyId }) => keyId).toSorted();
      expect(await at(T0)).toEqual([old.keyId, ending.keyId, other.keyId].toSorted());
      expect(await at(T0 + 1)).toEqual([ending.keyId, other.keyId].toSorted());
      expect(await at(T0 + 9)).toEqual([other.keyId]);
      expect(await stores.accessKeys.inForce([], T0)).toEqual([]);
    });

    it('revokes all keys of one player but the one to keep', async () => {
      const [ann, bob] = [newId(), newId()];
      const [first, second, third] = [sampleKey(ann, T0), sampleKey(ann, T0 + 1), sampleKey(ann, T0 + 2)];
      const other = sampleKey(bob);
      for (const key of [first, second, third, other]) await stores.accessKeys.issue(key);
      await stores.accessKeys.revoke(first.keyId, T0 + 3);
      const options = { at: T0 + 4, exceptKeyId: third.keyId };
      expect(await stores.accessKeys.revokeAll(ann, options)).toBe(1);
      expect(await stores.accessKeys.revokeAll(ann, options)).toBe(0);
      const listed = await stores.accessKeys.listByPlayer(ann);
      expect(listed.map((key) => [key.keyId, key.revokedAt])).toEqual([
        [third.keyId, null],
        [second.keyId, T0 + 4],
        [first.keyId, T0 + 3],
      ]);
      expect(await stores.accessKeys.revokeAll(ann, { at: T0 + 5 })).toBe(1);
      expect(await stores.accessKeys.findByHash(other.hash)).not.toBeNull();
    });

    it('remembers the latest use', async () => {
      const key = sampleKey(newId());
      await stores.accessKeys.issue(key);
      for (const at of [T0 + 2, T0 + 5, T0 + 1]) await stores.accessKeys.recordUse(key.keyId, at);
      await stores.accessKeys.recordUse(newId(), T0);
      expect((await stores.accessKeys.findByHash(key.hash))?.lastUsedAt).toBe(T0 + 5);
    });
  });
}

export function describePeople(open: () => Stores): void {
  describePlayers(open);
  describePersonalData(open);
  describeAccessKeys(open);
}
