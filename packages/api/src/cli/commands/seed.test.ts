import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { characterRevision } from '../../catalog/index.ts';
import { sampleSheet } from '../../store/contract/samples.ts';
import { CliFailure } from '../cliFailure.ts';
import { createTestWorld } from '../testWorld.ts';
import type { TestWorld } from '../testWorld.ts';

let folder = '';
let world: TestWorld;
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'dcs-seed-'));
  world = createTestWorld();
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const seed = (...options: string[]) => world.run('admin', 'seed', folder, ...options);
const write = (name: string, text: string) => writeFile(path.join(folder, name), text);
const writeSheet = (hid: string, over: Parameters<typeof sampleSheet>[1] = {}) =>
  write(`${hid}.json`, JSON.stringify(sampleSheet(hid, over)));
const audited = async () =>
  (await world.stores.audit.list({ limit: 50 }))
    .map(({ action, targetId }) => `${action} ${targetId}`)
    .toSorted();

describe('dcs admin seed', () => {
  it('makes new sheets current and accounts for each', async () => {
    await writeSheet('OAK');
    await writeSheet('ELM');
    const { exitCode, out, err } = await seed();
    expect({ exitCode, out }).toEqual({ exitCode: 0, out: '2 created: ELM, OAK\n0 updated\n0 unchanged\n' });
    expect(err).toContain('are now in the database of the test.');
    expect(await world.stores.characters.current()).toMatchObject([
      { sheet: sampleSheet('ELM') },
      { sheet: sampleSheet('OAK'), revision: characterRevision(sampleSheet('OAK')) },
    ]);
    expect(await audited()).toEqual(['character/created ELM', 'character/created OAK']);
    expect(world.openCount()).toBe(0);
  });

  it('writes nothing when it is repeated', async () => {
    await writeSheet('OAK');
    await seed();
    const { exitCode, out } = await seed();
    expect({ exitCode, out }).toEqual({ exitCode: 0, out: '0 created\n0 updated\n1 unchanged: OAK\n' });
    expect(await audited()).toEqual(['character/created OAK']);
  });

  it('keeps the former revision of a changed character for the sessions that play it', async () => {
    await writeSheet('OAK');
    await seed();
    await writeSheet('OAK', { shortDescription: 'Another tree.' });
    expect((await seed()).out).toContain('1 updated: OAK\n');
    const former = { hid: 'OAK', revision: characterRevision(sampleSheet('OAK')) };
    expect(await world.stores.characters.find(former)).toEqual(sampleSheet('OAK'));
    expect(await world.stores.characters.current()).toMatchObject([
      { sheet: { shortDescription: 'Another tree.' } },
    ]);
    expect(await audited()).toEqual(['character/created OAK', 'character/updated OAK']);
  });

  it('brings back a character that was retired', async () => {
    await writeSheet('OAK');
    await seed();
    await world.stores.characters.retire(
      { hid: 'OAK', revision: characterRevision(sampleSheet('OAK')) },
      2_000,
    );
    expect((await seed()).out).toContain('1 created: OAK\n');
  });

  it('reports as JSON', async () => {
    await writeSheet('OAK');
    const { out } = await seed('--json');
    expect(JSON.parse(out)).toEqual({
      ok: true,
      folder: expect.any(String),
      database: 'the database of the test',
      created: ['OAK'],
      updated: [],
      unchanged: [],
    });
  });

  it('reads the folder characters of a folder of seeds', async () => {
    await mkdir(path.join(folder, 'characters'));
    await writeSheet('characters/OAK', { hid: 'OAK' });
    await write('README.md', 'How to write a character');
    expect((await seed()).out).toContain('1 created: OAK\n');
  });
});

describe('dcs admin seed with a dump', () => {
  const record = (hid: string, over: Record<string, unknown> = {}) => {
    const { isHuman, pcEligible, commonLabels, shortDescription, longDescription, personaFeatures, ...rest } =
      sampleSheet(hid);
    const renamed = {
      is_human: isHuman,
      pc_eligible: pcEligible,
      common_labels: commonLabels,
      short_description: shortDescription,
      long_description: longDescription,
      persona_features: personaFeatures,
      hsn_divergence: null,
      dimensions: null,
      scenarios: [],
    };
    const { hid: handle, authors, abilities, goals } = rest;
    return { hid: handle, authors, abilities, goals, ...renamed, _id: { $oid: '1' }, ...over };
  };
  const seedDump = async (value: unknown) => {
    await write('characters.json', JSON.stringify(value));
    return world.run('admin', 'seed', path.join(folder, 'characters.json'));
  };

  it('reads a list of characters in the snake_case format', async () => {
    const { exitCode, out } = await seedDump([record('OAK'), record('ELM', { name: 'Elma' })]);
    expect({ exitCode, out }).toEqual({ exitCode: 0, out: '2 created: OAK, ELM\n0 updated\n0 unchanged\n' });
    expect(await world.stores.characters.current()).toMatchObject([
      { sheet: { hid: 'ELM', name: 'Elma', dimensions: null } },
      { sheet: { hid: 'OAK', commonLabels: sampleSheet('OAK').commonLabels } },
    ]);
  });

  it.each<[string, unknown, string]>([
    ['a record with an error', [record('OAK'), record('ELM', { goals: [] })], 'error [1].goals is empty'],
    ['a field that would be lost', [record('OAK', { mood: 'good' })], 'error [0].mood is not a known field'],
    ['a character twice', [record('OAK'), record('OAK')], 'error [1].hid is OAK once more'],
    ['something else than a list', { OAK: record('OAK') }, 'is not a JSON list'],
  ])('writes nothing for %s', async (_what, value, complaint) => {
    const { exitCode, err } = await seedDump(value);
    expect(exitCode).toBe(1);
    expect(err).toContain(complaint);
    expect(await world.stores.characters.current()).toEqual([]);
  });

  it('tells that there is no such file', async () => {
    const { exitCode, err } = await world.run('admin', 'seed', path.join(folder, 'none.json'));
    expect(exitCode).toBe(1);
    expect(err).toContain('cannot be read (ENOENT)');
  });
});

describe('dcs admin seed refuses', () => {
  const refused = async (...options: string[]) => {
    const outcome = await seed(...options);
    expect(outcome.exitCode).toBe(1);
    expect(await world.stores.characters.current()).toEqual([]);
    expect(await audited()).toEqual([]);
    return outcome;
  };

  it('a folder with any error, with every place, and writes nothing', async () => {
    await writeSheet('OAK');
    await write('ELM.yaml', 'hid: ELM\nisHuman: perhaps\n');
    await write('ASH.yaml', 'hid: [ASH\n');
    const { out, err } = await refused();
    expect(out).toBe('');
    expect(err).toMatch(/ELM\.yaml:2:\d+: error isHuman /);
    expect(err).toMatch(/ASH\.yaml:\d+:\d+: error is not readable as YAML/);
    expect(err).toMatch(/Nothing was written: there are \d+ errors to mend\.\n$/);
  });

  it('the same as JSON, for programs', async () => {
    await write('ELM.yaml', 'hid: ELM\nisHuman: perhaps\n');
    const { ok, problems } = JSON.parse((await refused('--json')).out);
    expect(ok).toBe(false);
    expect(problems).toContainEqual(
      expect.objectContaining({ line: 2, path: 'isHuman', reason: 'schema/wrong-type' }),
    );
  });

  it('a name that is not the handle', async () => {
    await writeSheet('OAK', { hid: 'ELM' });
    expect((await refused()).err).toContain('error hid is ELM, but the file is named OAK');
  });

  it('an empty folder', async () => {
    expect((await refused()).err).toContain('there is no character file in');
  });

  it('a folder that does not exist', async () => {
    folder = path.join(folder, 'missing');
    expect((await refused()).err).toContain('is not a folder that can be read');
  });

  it('a database that cannot be had, with its reason alone', async () => {
    world = createTestWorld({ openData: () => Promise.reject(new CliFailure('Stop the server first.')) });
    await writeSheet('OAK');
    expect(await refused()).toMatchObject({
      out: '',
      err: expect.stringMatching(/\nStop the server first\.\n$/),
    });
  });

  it('to let a file draw on the terminal', async () => {
    await write('O\u001B[2JAK\nfine.yaml', 'hid: "\\e[31mOAK"\n');
    const { err } = await refused();
    expect(err.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
    expect(err.split('\n').filter((line) => line.startsWith('fine'))).toEqual([]);
  });
});
