import { builtInGames } from '@dcs/engine';
import { createHash } from 'node:crypto';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { experimentRevision } from '../../catalog/index.ts';
import type { WrittenRow } from '../column.ts';
import { csvHeader, csvRow } from '../csv.ts';
import { exportExperiment } from '../exportExperiment.ts';
import { exportTables } from '../exportTables.ts';
import { MANIFEST_FILE, manifestSchema } from '../manifest.ts';
import type { Manifest } from '../manifest.ts';
import { folderTarget } from '../target.ts';
import { temporaryFolder } from '../testFolder.ts';
import { createTestStudy, STUDY } from '../testStudy.ts';
import { verifyExport } from './verifyExport.ts';

/** A whole export, to be tampered with. */
async function exported() {
  const folder = await temporaryFolder();
  const { stores } = await createTestStudy();
  await using target = await folderTarget(folder.path);
  const ports = { stores, games: builtInGames, clock: { now: () => 0 }, engineVersion: '0.1.0' };
  await exportExperiment(ports, { experiment: STUDY, personalData: null }, target);
  return folder;
}

const readManifest = async (folder: string): Promise<Manifest> =>
  manifestSchema.parse(JSON.parse(await readFile(path.join(folder, MANIFEST_FILE), 'utf8')));

const writeManifest = (folder: string, manifest: Manifest): Promise<void> =>
  writeFile(path.join(folder, MANIFEST_FILE), JSON.stringify(manifest));

/** Changes a table as somebody would who knows how exports are made: in both files, with hashes and counts that fit. */
async function forge(
  folder: string,
  table: string,
  change: (rows: readonly WrittenRow[]) => readonly WrittenRow[],
): Promise<void> {
  const manifest = await readManifest(folder);
  const facts = exportTables([], manifest).find(({ name }) => name === table);
  if (facts === undefined) throw new Error(`There is no table ${table}.`);
  const jsonl = path.join(folder, `${table}.jsonl`);
  const lines = (await readFile(jsonl, 'utf8')).split('\n').slice(0, -1);
  const rows = change(lines.map((line): WrittenRow => JSON.parse(line)));
  const texts = new Map([
    [`${table}.jsonl`, rows.map((row) => `${JSON.stringify(row)}\n`).join('')],
    [`${table}.csv`, csvHeader(facts) + rows.map((row) => csvRow(facts, row)).join('')],
  ]);
  for (const [name, text] of texts) await writeFile(path.join(folder, name), text);
  await writeManifest(folder, {
    ...manifest,
    tables: manifest.tables.map((one) => (one.name === table ? { ...one, rows: rows.length } : one)),
    files: manifest.files.map((file) => {
      const text = texts.get(file.name);
      if (text === undefined) return file;
      const sha256 = createHash('sha256').update(text).digest('hex');
      return { ...file, bytes: Buffer.byteLength(text), sha256 };
    }),
  });
}

async function reasonsIn(folder: string): Promise<readonly string[]> {
  const { findings } = await verifyExport(folder, builtInGames);
  return [...new Set(findings.map(({ reason }) => reason))].toSorted();
}

describe('verifying an export', () => {
  it('finds a single changed byte, in any file', async () => {
    await using folder = await exported();
    const { files } = await readManifest(folder.path);
    for (const { name, bytes } of files) {
      const file = path.join(folder.path, name);
      const whole = await readFile(file);
      const changed = Buffer.from(whole);
      const place = Math.floor(bytes / 2);
      changed[place] = (changed[place] ?? 0) ^ 1;
      await writeFile(file, changed);
      expect([name, await reasonsIn(folder.path)]).toEqual([name, ['file/changed']]);
      await writeFile(file, whole);
    }
    expect(await reasonsIn(folder.path)).toEqual([]);
  });

  it('finds files that are missing, swapped, cut or not part of it', async () => {
    await using folder = await exported();
    const at = (name: string): string => path.join(folder.path, name);
    await rename(at('scores.csv'), at('aside.csv'));
    expect(await reasonsIn(folder.path)).toEqual(['file/missing', 'file/unexpected']);
    await rename(at('feedback.csv'), at('scores.csv'));
    await rename(at('aside.csv'), at('feedback.csv'));
    expect(await reasonsIn(folder.path)).toEqual(['file/changed']);
    await rename(at('scores.csv'), at('aside.csv'));
    await rename(at('feedback.csv'), at('scores.csv'));
    await rename(at('aside.csv'), at('feedback.csv'));
    expect(await reasonsIn(folder.path)).toEqual([]);
    const events = await readFile(at('events.jsonl'));
    await writeFile(at('events.jsonl'), events.subarray(0, events.length - 100));
    expect(await reasonsIn(folder.path)).toEqual(['file/changed']);
  });

  it('refuses what has no manifest, or half of one', async () => {
    await using folder = await exported();
    const file = path.join(folder.path, MANIFEST_FILE);
    const text = await readFile(file, 'utf8');
    await writeFile(file, text.slice(0, -20));
    await expect(verifyExport(folder.path, builtInGames)).rejects.toMatchObject({
      reason: 'export/unreadable',
    });
    await rm(file);
    await expect(verifyExport(folder.path, builtInGames)).rejects.toMatchObject({
      reason: 'export/unreadable',
    });
  });

  it.each([
    ['participants', 'log/row-missing'],
    ['assignments', 'log/row-missing'],
    ['sessions', 'session/misplaced'],
    ['events', 'session/gap'],
    ['form_about_you', 'log/row-missing'],
    ['feedback', 'session/differs'],
    ['scores', 'session/differs'],
    ['experiment_log', 'log/unfoldable'],
  ])('finds a row that was taken out of %s by somebody who made new hashes', async (table, reason) => {
    await using folder = await exported();
    if (table.startsWith('form_')) {
      await forgeForm(folder.path, table);
    } else await forge(folder.path, table, (rows) => rows.filter((_row, index) => index !== 1));
    expect(await reasonsIn(folder.path)).toContain(reason);
  });

  /** The tables of forms have columns of their own; the header of the CSV tells them. */
  async function forgeForm(folder: string, table: string): Promise<void> {
    const manifest = await readManifest(folder);
    const cut = async (name: string): Promise<Manifest['files'][number]> => {
      const file = path.join(folder, name);
      const text = await readFile(file, 'utf8');
      const end = name.endsWith('.csv') ? '\r\n' : '\n';
      const lines = text.split(end);
      const shorter = lines.filter((_line, index) => index !== lines.length - 2).join(end);
      await writeFile(file, shorter);
      return {
        name,
        bytes: Buffer.byteLength(shorter),
        sha256: createHash('sha256').update(shorter).digest('hex'),
      };
    };
    const changed = [await cut(`${table}.csv`), await cut(`${table}.jsonl`)];
    await writeManifest(folder, {
      ...manifest,
      tables: manifest.tables.map((one) => (one.name === table ? { ...one, rows: one.rows - 1 } : one)),
      files: manifest.files.map((file) => changed.find(({ name }) => name === file.name) ?? file),
    });
  }

  it.each([
    ['participants', 'number', 7, 'log/differs'],
    ['assignments', 'status', 'dropped', 'log/differs'],
    ['assignments', 'participant', 'p9', 'table/dangling'],
    ['sessions', 'state_hash', '0'.repeat(64), 'log/differs'],
    ['sessions', 'last_seq', 99, 'log/differs'],
    ['sessions', 'owner', 'p4', 'log/differs'],
    ['events', 'at', '2030-01-01T00:00:00.000Z', 'session/time-runs-back'],
    ['events', 'seq', 5, 'session/gap'],
    ['events', 'kind', 'shout', 'table/unreadable'],
    ['answers', 'participant', 'p2', 'log/differs'],
    ['model_calls', 'session_id', 'elsewhere', 'table/dangling'],
    ['experiment_log', 'seq', 9, 'log/unfoldable'],
    ['experiment_log', 'data', {}, 'log/unfoldable'],
    ['sessions', 'cast', { pc: 'AMA' }, 'table/unreadable'],
    ['characters', 'sheet', { hid: 'AMA' }, 'table/unreadable'],
  ])('finds %s.%s changed to %j by somebody who made new hashes', async (...change) => {
    const [table, column, value, reason] = change;
    await using folder = await exported();
    await forge(folder.path, table, (rows) =>
      rows.map((row, index) => (index === 1 ? { ...row, [column]: value } : row)),
    );
    expect(await reasonsIn(folder.path)).toContain(reason);
  });

  it('finds a word that was changed in what somebody said, by what the session folds to', async () => {
    await using folder = await exported();
    await forge(folder.path, 'events', (rows) => {
      const place = rows.findIndex(({ source, kind }) => source === 'user' && kind === 'message');
      return rows.map((row, index) => (index === place ? { ...row, content: 'Something else.' } : row));
    });
    expect(await reasonsIn(folder.path)).toContain('log/differs');
  });

  it('finds a row that is there twice, and events of a session that are out of their place', async () => {
    await using folder = await exported();
    await forge(folder.path, 'model_calls', ([first, ...rest]) => (first ? [first, first, ...rest] : []));
    expect(await reasonsIn(folder.path)).toEqual(['table/twice']);
    await forge(folder.path, 'model_calls', ([, ...rest]) => rest);
    expect(await reasonsIn(folder.path)).toEqual([]);
    await forge(folder.path, 'events', (rows) => [...rows.slice(2), ...rows.slice(0, 2)]);
    expect(await reasonsIn(folder.path)).toEqual(
      expect.arrayContaining(['session/gap', 'session/misplaced']),
    );
  });

  it('finds a CSV that does not say the same, and a configuration that is not its own', async () => {
    await using folder = await exported();
    const manifest = await readManifest(folder.path);
    const file = path.join(folder.path, 'scores.csv');
    const text = (await readFile(file, 'utf8'))
      .replace('infer-intent', 'explore')
      .replace(',true,', ',false,');
    await writeFile(file, text);
    const files = manifest.files.map((one) =>
      one.name === 'scores.csv'
        ? {
            ...one,
            bytes: Buffer.byteLength(text),
            sha256: createHash('sha256').update(text).digest('hex'),
          }
        : one,
    );
    await writeManifest(folder.path, { ...manifest, files });
    expect(await reasonsIn(folder.path)).toEqual(['table/csv-differs']);
    const revisions = manifest.revisions.map((one) => ({
      ...one,
      config: { ...one.config, condition: 'learning' },
    }));
    await writeManifest(folder.path, { ...manifest, files, revisions });
    expect(await reasonsIn(folder.path)).toContain('manifest/revision');
    const played = { games: [], characters: [{ hid: 'OCT', revision: 'b'.repeat(64) }] };
    const others = manifest.revisions.map((one) => ({ ...one, dependencies: played }));
    await writeManifest(folder.path, { ...manifest, files, revisions: others });
    expect(await reasonsIn(folder.path)).toContain('manifest/revision');
  });

  it('finds sessions that were played by other files or sheets than their revision names', async () => {
    await using folder = await exported();
    const manifest = await readManifest(folder.path);
    const [kept] = manifest.revisions;
    if (kept === undefined) throw new Error('The experiment has no revision.');
    const other = { games: [], characters: [] };
    const revision = experimentRevision(kept.config, other);
    const files = await Promise.all(
      manifest.files.map(async (one) => {
        const file = path.join(folder.path, one.name);
        // The codebook calls revisions by their first characters.
        const text = (await readFile(file, 'utf8'))
          .replaceAll(kept.revision, revision)
          .replaceAll(kept.revision.slice(0, 12), revision.slice(0, 12));
        await writeFile(file, text);
        const sha256 = createHash('sha256').update(text).digest('hex');
        return { ...one, bytes: Buffer.byteLength(text), sha256 };
      }),
    );
    const revisions = [{ ...kept, revision, dependencies: other }];
    await writeManifest(folder.path, { ...manifest, revision, revisions, files });
    expect(await reasonsIn(folder.path)).toEqual(['session/not-of-revision']);
  });

  it('says how many sessions could not be folded where their games are not known', async () => {
    await using folder = await exported();
    const known = builtInGames.filter(({ name }) => name !== 'explore');
    expect(await verifyExport(folder.path, known)).toMatchObject({ sessions: 3, folded: 2, findings: [] });
  });
});
