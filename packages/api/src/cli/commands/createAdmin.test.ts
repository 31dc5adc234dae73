import { describe, expect, it } from 'vitest';
import { checkAccessKey, hashAccessKey, newAccessKey } from '../../security/index.ts';
import { createTestWorld } from '../testWorld.ts';
import type { TestWorld } from '../testWorld.ts';

const createAdmin = (world: TestWorld, ...options: string[]) =>
  world.run('admin', 'create-admin', ...options);

async function holderOf({ stores }: TestWorld, accessKey: string) {
  const key = await stores.accessKeys.findByHash(hashAccessKey(accessKey));
  return key === null ? null : stores.players.get(key.playerId);
}

const audited = async ({ stores }: TestWorld) => stores.audit.list({ limit: 10 });

describe('dcs admin create-admin', () => {
  it('makes an admin whose key is printed alone on stdout and kept as a hash', async () => {
    const world = createTestWorld();
    const { exitCode, out, err } = await createAdmin(world, '--name', 'Ada Lovelace');
    const accessKey = out.trimEnd();
    expect(exitCode).toBe(0);
    expect(checkAccessKey(accessKey)).toEqual({ ok: true });
    expect(err).not.toContain(accessKey);
    expect(await holderOf(world, accessKey)).toMatchObject({
      role: 'admin',
      anonymous: false,
      erasedAt: null,
    });
    expect(world.openCount()).toBe(0);
  });

  it('keeps the name sealed, out of the record of the player and out of the audit log', async () => {
    const world = createTestWorld();
    const { playerId } = JSON.parse((await createAdmin(world, '--name', 'Ada Lovelace', '--json')).out);
    expect((await world.stores.players.get(playerId))?.registration).toEqual([
      { name: 'fullName', personal: true },
    ]);
    const sealed = await world.stores.personalData.get(playerId);
    expect(Object.keys(sealed ?? {})).toEqual(['fullName']);
    expect(JSON.stringify([sealed, await audited(world)])).not.toContain('Ada');
    expect(await audited(world)).toMatchObject([
      { actorId: 'system', action: 'player/admin-created', targetId: playerId },
    ]);
  });

  it('prints JSON for programs', async () => {
    const { out, err } = await createAdmin(createTestWorld(), '--json');
    expect(err).toBe('');
    expect(JSON.parse(out)).toEqual({
      playerId: expect.any(String),
      name: 'Admin',
      role: 'admin',
      accessKey: expect.stringMatching(/^dcs-ak-[A-Za-z0-9_-]{43}$/),
      keyFrom: 'generated',
    });
  });

  it('gives every admin a key of its own', async () => {
    const world = createTestWorld();
    const keys = [await createAdmin(world), await createAdmin(world)].map(({ out }) => out);
    expect(new Set(keys).size).toBe(2);
  });

  it.each([
    ['nothing', ''],
    ['spaces', '   '],
    ['201 characters', 'x'.repeat(201)],
    ['a line break', 'Ada\nLovelace'],
    ['an escape sequence', 'Ada\u001B[31m'],
  ])('refuses %s as a name, before the database is opened', async (_what, name) => {
    const world = createTestWorld({ openData: () => Promise.reject(new Error('opened')) });
    const { exitCode, out, err } = await createAdmin(world, '--name', name);
    expect({ exitCode, out }).toEqual({ exitCode: 2, out: '' });
    expect(err).toContain('The name cannot be used.');
  });
});

describe('dcs admin create-admin with ADMIN_KEY', () => {
  const adminKey = newAccessKey();
  const keyed = (key = adminKey) => createTestWorld({ adminKey: async () => key });

  it('gives the first admin that key', async () => {
    const world = keyed();
    const result = JSON.parse((await createAdmin(world, '--json')).out);
    expect(result).toMatchObject({ accessKey: adminKey, keyFrom: 'ADMIN_KEY' });
    expect(await holderOf(world, adminKey)).toMatchObject({ playerId: result.playerId, role: 'admin' });
  });

  it('gives the next admin a new key', async () => {
    const world = keyed();
    await createAdmin(world);
    const { accessKey, keyFrom } = JSON.parse((await createAdmin(world, '--json')).out);
    expect(keyFrom).toBe('generated');
    expect(accessKey).not.toBe(adminKey);
    expect(await holderOf(world, accessKey)).toMatchObject({ role: 'admin' });
  });

  it('finishes what a run began that ended between the key and the player', async () => {
    const world = keyed();
    const hash = hashAccessKey(adminKey);
    await world.stores.accessKeys.issue({ keyId: 'k', hash, playerId: 'half', createdAt: 0 });
    const { playerId, keyFrom } = JSON.parse((await createAdmin(world, '--json')).out);
    expect({ playerId, keyFrom }).toEqual({ playerId: 'half', keyFrom: 'ADMIN_KEY' });
    expect(await holderOf(world, adminKey)).toMatchObject({ playerId: 'half', role: 'admin' });
  });

  it('refuses a revoked one, and makes no admin', async () => {
    const world = keyed();
    await createAdmin(world);
    const key = await world.stores.accessKeys.findByHash(hashAccessKey(adminKey));
    await world.stores.accessKeys.revoke(key?.keyId ?? '', 5);
    const { exitCode, out, err } = await createAdmin(world);
    expect({ exitCode, out }).toEqual({ exitCode: 1, out: '' });
    expect(err).toContain('ADMIN_KEY was revoked.');
    expect(await holderOf(world, adminKey)).toBeNull();
  });

  it('refuses the key of a player who is no admin, who stays one', async () => {
    const world = keyed();
    await createAdmin(world);
    const holder = await holderOf(world, adminKey);
    await world.stores.players.setRole(holder?.playerId ?? '', 'player');
    const { exitCode, err } = await createAdmin(world);
    expect(exitCode).toBe(1);
    expect(err).toContain('a player who is no admin');
    expect(await holderOf(world, adminKey)).toMatchObject({ role: 'player' });
  });

  it.each([
    ['too short', 'dcs-ak-short', '50 characters'],
    ['of another kind', 'sk-proj-'.padEnd(50, 'x'), 'starts with "dcs-ak-"'],
    ['with other characters', 'dcs-ak-'.padEnd(50, '!'), 'only letters, digits'],
  ])('refuses one that is %s, without repeating it', async (_what, key, why) => {
    const world = keyed(key);
    const { exitCode, out, err } = await createAdmin(world);
    expect({ exitCode, out }).toEqual({ exitCode: 1, out: '' });
    expect(err).toContain(why);
    expect(err).not.toContain(key);
    expect(await audited(world)).toEqual([]);
  });
});
