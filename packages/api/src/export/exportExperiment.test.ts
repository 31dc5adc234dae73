import { builtInGames } from '@dcs/engine';
import type { SessionLog } from '@dcs/engine';
import { randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, inject, it } from 'vitest';
import { openMongoStores } from '../store/mongo/connect.ts';
import { exportExperiment } from './exportExperiment.ts';
import type { ExportPorts } from './exportExperiment.ts';
import { folderTarget } from './target.ts';
import type { ExportTarget } from './target.ts';
import { codeFor } from '../services/experiments/completionCode.ts';
import { temporaryFolder } from './testFolder.ts';
import { createTestStudy, STUDY, STUDY_CONFIG } from './testStudy.ts';
import type { TestStudy } from './testStudy.ts';
import { verifyExport } from './verify/verifyExport.ts';

const portsFor = ({ stores }: TestStudy): ExportPorts => ({
  stores,
  games: builtInGames,
  clock: { now: () => Date.UTC(2026, 6, 1) },
  engineVersion: '0.1.0',
});

async function exportTo(folder: string, study: TestStudy, options: Partial<ExportPorts> = {}) {
  await using target = await folderTarget(folder);
  const request = { experiment: STUDY, personalData: null };
  return exportExperiment({ ...portsFor(study), ...options }, request, target);
}

type Row = Readonly<Record<string, unknown>>;

async function rowsOf(folder: string, table: string): Promise<readonly Row[]> {
  const text = await readFile(path.join(folder, `${table}.jsonl`), 'utf8');
  return text
    .split('\n')
    .slice(0, -1)
    .map((line): Row => JSON.parse(line));
}

/** Cells of CSV as RFC 4180 has it, read without any of our code. */
function parseCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  for (const [, quoted, plain = '', end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
    row.push(quoted?.replaceAll('""', '"') ?? plain);
    if (end !== ',') {
      rows.push(row);
      row = [];
    }
  }
  return rows;
}

async function wholeText(folder: string): Promise<string> {
  const names = await readdir(folder);
  const texts = await Promise.all(names.map((name) => readFile(path.join(folder, name), 'utf8')));
  return texts.join('\n');
}

describe('an export of an experiment', () => {
  it('holds everything in tables that verify, with every session folded again', async () => {
    await using folder = await temporaryFolder();
    const study = await createTestStudy();
    const manifest = await exportTo(folder.path, study);
    const verification = await verifyExport(folder.path, builtInGames);
    expect(verification).toMatchObject({ experiment: STUDY, findings: [], sessions: 3, folded: 3 });
    const rows = Object.fromEntries(manifest.tables.map((table) => [table.name, table.rows]));
    expect(rows).toEqual({
      participants: 4,
      assignments: 3,
      sessions: 3,
      events: 18 + 14 + 14,
      answers: 16,
      form_about_you: 4,
      feedback: expect.any(Number),
      scores: 2,
      model_calls: 3,
      characters: 3,
      experiment_log: 25,
    });
    expect(rows['feedback']).toBeGreaterThan(0);
    expect(manifest).toMatchObject({ personal: false, asOf: { experimentSeq: 25, sessions: 3 } });
    expect(manifest.revision).toBe(study.revision);
    const sessions = await rowsOf(folder.path, 'sessions');
    expect(sessions[0]).toMatchObject({
      session_id: study.sessionIds[0],
      assignment_id: 'a-1',
      participant: 'p1',
      position: 1,
      game: 'explore',
      owner: 'p1',
      last_seq: 18,
    });
    const scores = await rowsOf(folder.path, 'scores');
    expect(scores.map(({ task, tier }) => [typeof task, typeof tier])).toEqual([
      ['string', 'number'],
      ['string', 'number'],
    ]);
  });

  it('comes out of MongoDB as it comes out of memory', async () => {
    await using folder = await temporaryFolder();
    const dbName = `export-${randomUUID().slice(0, 8)}`;
    const mongo = await openMongoStores({ url: inject('databaseUrl'), dbName });
    try {
      await exportTo(folder.path, await createTestStudy(mongo.stores));
    } finally {
      await mongo.close();
    }
    const verification = await verifyExport(folder.path, builtInGames);
    expect(verification).toMatchObject({ findings: [], sessions: 3, folded: 3 });
  });

  it('says nothing of who participants are, unless that is asked for', async () => {
    await using folder = await temporaryFolder();
    const study = await createTestStudy();
    await exportTo(path.join(folder.path, 'plain'), study);
    const plain = await wholeText(path.join(folder.path, 'plain'));
    for (const { playerId, fullName, address } of study.people) {
      const code = codeFor(STUDY_CONFIG, playerId) ?? '';
      for (const secret of [playerId, `"${fullName}"`, address, code]) expect(plain).not.toContain(secret);
    }
    expect(plain).not.toContain('"seed"');
    const [about] = await rowsOf(path.join(folder.path, 'plain'), 'form_about_you');
    expect(about).toMatchObject({ participant: 'p1', address: null, mood: 1 });
    const answers = await rowsOf(path.join(folder.path, 'plain'), 'answers');
    expect(answers.slice(0, 2)).toMatchObject([
      { question: 'address', answer: null, left_out: true },
      { question: 'mood', answer: 1, left_out: false },
    ]);

    const whole = path.join(folder.path, 'personal');
    await using target = await folderTarget(whole);
    const request = { experiment: STUDY, personalData: study.personalData };
    const manifest = await exportExperiment(portsFor(study), request, target);
    expect(manifest.personal).toBe(true);
    const [ada] = study.people;
    const [participant] = await rowsOf(whole, 'participants');
    expect(participant).toMatchObject({
      participant: 'p1',
      player_id: ada?.playerId,
      completion_code: codeFor(STUDY_CONFIG, ada?.playerId ?? ''),
      registration: { fullName: 'Ada', consentToFollowup: true },
    });
    const [personal] = await rowsOf(whole, 'form_about_you');
    expect(personal).toMatchObject({ address: ada?.address });
    expect((await verifyExport(whole, builtInGames)).findings).toEqual([]);
  });

  it('says in CSV what it says in JSONL, with nothing that a spreadsheet would run', async () => {
    await using folder = await temporaryFolder();
    await exportTo(folder.path, await createTestStudy());
    for (const name of (await readdir(folder.path)).filter((file) => file.endsWith('.csv'))) {
      const bytes = await readFile(path.join(folder.path, name));
      const [header = [], ...lines] = parseCsv(bytes.toString('utf8'));
      const rows = await rowsOf(folder.path, name.slice(0, -'.csv'.length));
      expect(lines).toHaveLength(rows.length);
      for (const [index, cells] of lines.entries()) {
        expect(cells).toHaveLength(header.length);
        const row = rows[index] ?? {};
        expect(Object.keys(row)).toEqual(header);
        for (const [column, cell] of cells.entries()) {
          const value = row[header[column] ?? ''];
          const text = typeof value === 'string' ? value : value === null ? '' : JSON.stringify(value);
          const isNumber = typeof value === 'number';
          expect(isNumber || !/^[=+\-@\t\r]/.test(cell)).toBe(true);
          expect(cell.replace(/^'/, '')).toBe(text.replace(/^'/, '').toWellFormed());
        }
      }
    }
    const about = parseCsv(await readFile(path.join(folder.path, 'form_about_you.csv'), 'utf8'));
    const column = about[0]?.indexOf('answer_to_form') ?? -1;
    expect(about[1]?.[column]).toBe('\'=HYPERLINK("http://x")\n\uFFFD, "so"');
    const [row] = await rowsOf(folder.path, 'form_about_you');
    expect(row?.['answer_to_form']).toBe('=HYPERLINK("http://x")\n\uD83D, "so"');
  });

  it('explains every column and every question in its codebook', async () => {
    await using folder = await temporaryFolder();
    await exportTo(folder.path, await createTestStudy());
    const text = await readFile(path.join(folder.path, 'codebook.md'), 'utf8');
    const codebook = JSON.parse(await readFile(path.join(folder.path, 'codebook.json'), 'utf8'));
    const names: string[] = codebook.tables.map((table: { name: string }) => table.name);
    for (const name of (await readdir(folder.path)).filter((file) => file.endsWith('.jsonl'))) {
      const table = name.slice(0, -'.jsonl'.length);
      expect(names).toContain(table);
      const [row = {}] = await rowsOf(folder.path, table);
      for (const column of Object.keys(row)) expect(text).toContain(`| ${column} |`);
    }
    expect(text).toContain('How are you \\| today?');
    expect(text).toContain('at least 1; at most 7; from "Bad" to "Good"');
    expect(codebook.forms[0].editions[0].questions[2]).toMatchObject({
      key: 'mood',
      column: 'mood',
      type: 'number',
      min: 1,
      max: 7,
    });
  });

  it('is whole and of one moment while people join and play on', async () => {
    await using folder = await temporaryFolder();
    const study = await createTestStudy();
    const [sessionId = ''] = study.sessionIds;
    const record = await study.stores.sessions.get(sessionId);
    let reads = 0;
    // At each reading of a session's log somebody joins, and something is said of the first session.
    const log: SessionLog = {
      append: (events) => study.stores.log.append(events),
      read: async (...request) => {
        reads += 1;
        const page = await study.stores.log.read(...request);
        await study.happen({
          type: 'joined',
          participantId: `late-${reads}`,
          kind: 'human',
          number: 4 + reads,
        });
        const [last] = await study.stores.log.read(sessionId, 17 + reads - 1, 1);
        if (last !== undefined) {
          await study.stores.log.append([
            {
              ...last,
              seq: last.seq + 1,
              kind: 'info',
              direction: 'outbound',
              source: 'system',
              format: 'markdown',
              data: null,
              commandId: null,
              receipt: null,
            },
          ]);
        }
        return page;
      },
    };
    const manifest = await exportTo(folder.path, study, { stores: { ...study.stores, log } });
    expect(record).not.toBeNull();
    expect(reads).toBeGreaterThan(2);
    expect(manifest.asOf.experimentSeq).toBe(25);
    expect((await study.stores.experimentLog.read(STUDY, 25, 10)).length).toBe(reads);
    expect(await rowsOf(folder.path, 'participants')).toHaveLength(4);
    const events = await rowsOf(folder.path, 'events');
    expect(events.filter((row) => row['session_id'] === sessionId)).toHaveLength(18);
    expect((await verifyExport(folder.path, builtInGames)).findings).toEqual([]);
  });

  it('reads no further than a slow disk lets it, however long a session is', async () => {
    const study = await createTestStudy();
    const [sessionId = ''] = study.sessionIds;
    const total = 20_000;
    const [, template] = await study.stores.log.read(sessionId, 0, 2);
    if (template === undefined) throw new Error('The session has events.');
    const spoken = {
      ...template,
      kind: 'info',
      direction: 'outbound',
      source: 'system',
      format: 'markdown',
    } as const;
    let read = 0;
    let written = 0;
    let most = 0;
    const log: Pick<SessionLog, 'read'> & SessionLog = {
      append: (events) => study.stores.log.append(events),
      read: async (id, afterSeq, limit) => {
        if (id !== sessionId) return study.stores.log.read(id, afterSeq, limit);
        const page = await study.stores.log.read(id, 0, 1);
        const [first] = page;
        if (first === undefined) return [];
        const seqs = Array.from(
          { length: Math.min(limit, total - afterSeq) },
          (_, index) => afterSeq + index + 1,
        );
        read += seqs.length;
        most = Math.max(most, read - written);
        return seqs.map((seq) => ({
          ...first,
          ...spoken,
          seq,
          content: 'said '.repeat(40),
          data: null,
          receipt: null,
        }));
      },
    };
    const target: ExportTarget = {
      open: async (name) => ({
        write: async (chunk) => {
          // A disk that is slower than any database.
          for (let wait = 0; wait < 20; wait += 1) await Promise.resolve();
          if (name === 'events.jsonl') written += Buffer.from(chunk).toString().split('\n').length - 1;
        },
        close: async () => undefined,
      }),
    };
    const stores = { ...study.stores, log };
    await exportExperiment(
      { ...portsFor(study), games: [], stores },
      { experiment: STUDY, personalData: null },
      target,
    );
    expect(read).toBe(total);
    expect(written).toBe(total + 28);
    expect(most).toBeLessThan(1_000);
  });

  it('is refused for an experiment that was never started, and into a folder that holds anything', async () => {
    await using folder = await temporaryFolder();
    const study = await createTestStudy();
    await using target = await folderTarget(folder.path);
    const request = { experiment: 'another-study', personalData: null };
    await expect(exportExperiment(portsFor(study), request, target)).rejects.toMatchObject({
      reason: 'export/not-found',
    });
    await exportTo(folder.path, study);
    await expect(folderTarget(folder.path)).rejects.toMatchObject({ reason: 'export/folder-not-empty' });
  });
});
