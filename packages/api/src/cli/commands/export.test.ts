import { chmod, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../export/testFolder.ts';
import { createTestStudy, STUDY } from '../../export/testStudy.ts';
import type { TestStudy } from '../../export/testStudy.ts';
import { createTestWorld } from '../testWorld.ts';

/** The command line on the database of a study, which answers nobody before it is opened or after it is closed. */
function worldOf({ stores, personalData }: TestStudy) {
  let isOpen = false;
  return createTestWorld({
    openData: async () => {
      isOpen = true;
      return {
        stores: new Proxy(stores, {
          get: (target, name) => {
            if (!isOpen) throw new Error(`${String(name)} was asked for after the database was closed.`);
            return Reflect.get(target, name);
          },
        }),
        where: 'the database of the test',
        personalData: async () => personalData,
        [Symbol.asyncDispose]: async () => {
          isOpen = false;
        },
      };
    },
  });
}

describe('dcs export and dcs verify', () => {
  it('write a folder of tables that nobody else may read, and find it whole', async () => {
    await using folder = await temporaryFolder();
    const study = await createTestStudy();
    const { run } = worldOf(study);
    const to = path.join(folder.path, 'new', 'pilot');
    // The name of an experiment is found whatever the case.
    const exported = await run('export', 'Pilot-Study', '--to', to);
    expect(exported).toMatchObject({ exitCode: 0, err: '' });
    expect(exported.out).toContain('4 participants');
    expect(exported.out).toContain(`${STUDY} as of event 25`);
    expect((await stat(to)).mode & 0o077).toBe(0);
    expect(await readdir(path.dirname(to))).toEqual(['pilot']);
    const verified = await run('verify', to);
    expect(verified).toMatchObject({ exitCode: 0, err: '' });
    expect(verified.out).toContain('all is as it was written');
    expect(verified.out).toMatch(/Manifest [0-9a-f]{64}/);
    const [entry] = await study.stores.audit.list({ limit: 1 });
    expect(entry).toMatchObject({
      action: 'experiment/exported',
      actorId: 'system',
      targetId: STUDY,
      details: { personal: false },
    });
  });

  it('write an archive, and find it whole', async () => {
    await using folder = await temporaryFolder();
    const { run } = worldOf(await createTestStudy());
    const to = path.join(folder.path, 'pilot.tar.gz');
    expect((await run('export', STUDY, '--to', to, '--json')).exitCode).toBe(0);
    expect(await readdir(folder.path)).toEqual(['pilot.tar.gz']);
    const { exitCode, out } = await run('verify', to, '--json');
    expect(exitCode).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ ok: true, experiment: STUDY, sessions: 3, folded: 3 });
  });

  it('tell which archive has been cut or changed', async () => {
    await using folder = await temporaryFolder();
    const { run } = worldOf(await createTestStudy());
    const to = path.join(folder.path, 'pilot.tar.gz');
    await run('export', STUDY, '--to', to);
    const bytes = await readFile(to);
    await chmod(to, 0o600);
    await writeFile(to, bytes.subarray(0, bytes.length - 2_000));
    expect(await run('verify', to)).toMatchObject({
      exitCode: 1,
      err: expect.stringContaining('cannot be read'),
    });
    const middle = Math.floor(bytes.length / 2);
    bytes[middle] = (bytes[middle] ?? 0) ^ 0xff;
    await writeFile(to, bytes);
    expect((await run('verify', to)).exitCode).toBe(1);
  });

  it('say who participants are only with --personal, which the audit log tells', async () => {
    await using folder = await temporaryFolder();
    const study = await createTestStudy();
    const { run } = worldOf(study);
    const to = path.join(folder.path, 'whole');
    const exported = await run('export', STUDY, '--to', to, '--personal');
    expect(exported.err).toContain('who participants are');
    expect(await readFile(path.join(to, 'participants.csv'), 'utf8')).toContain('Ada');
    const [entry] = await study.stores.audit.list({ limit: 1 });
    expect(entry).toMatchObject({ details: { personal: true } });
  });

  it('overwrite nothing, and leave nothing behind when there is no such experiment', async () => {
    await using folder = await temporaryFolder();
    const study = await createTestStudy();
    const { run } = worldOf(study);
    const taken = path.join(folder.path, 'taken');
    await writeFile(taken, 'mine');
    const refused = await run('export', STUDY, '--to', taken);
    expect(refused).toMatchObject({ exitCode: 1, err: expect.stringContaining('is there already') });
    expect(await readFile(taken, 'utf8')).toBe('mine');
    const unknown = await run('export', 'another-study', '--to', path.join(folder.path, 'other'));
    expect(unknown).toMatchObject({
      exitCode: 1,
      err: expect.stringContaining('no experiment another-study'),
    });
    expect(await readdir(folder.path)).toEqual(['taken']);
    expect(await study.stores.audit.list({ limit: 1 })).toEqual([]);
    const none = await run('verify', path.join(folder.path, 'other'));
    expect(none).toMatchObject({ exitCode: 1, err: expect.stringContaining('no whole export') });
  });
});
