import type { PreflightReport } from '@dcs/engine';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestWorld } from '../testWorld.ts';

let root = '';
beforeEach(async () => {
  root = await mkdtemp(path.join(os.tmpdir(), 'dcs-experiments-'));
  await mkdir(path.join(root, 'experiments'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

const write = (name: string, text: string) => writeFile(path.join(root, 'experiments', `${name}.yaml`), text);
/** With the experiments of the test, and the games and characters of this project. */
const experiments = (...args: string[]) =>
  createTestWorld().run('experiments', ...args, '--experiments', path.join(root, 'experiments'));

const SMALL = `
name: small
games: [{ name: explore }, { name: teamwork }]
assignment: { strategy: random-unique, maxPerParticipant: 2 }
`;

describe('dcs experiments list', () => {
  it('names the experiments of this project with their strategies and games', async () => {
    const { exitCode, out, err } = await createTestWorld().run('experiments', 'list');
    expect({ exitCode, err }).toEqual({ exitCode: 0, err: '' });
    expect(out).toMatch(/(^|\n)demo +full-character-access +explore, foresight/);
  });

  it('tells programs more, and leaves out what cannot be used', async () => {
    await write('small', SMALL);
    await write('broken', 'name: broken\n');
    const { exitCode, out, err } = await experiments('list', '--json');
    expect(exitCode).toBe(0);
    expect(JSON.parse(out)).toEqual([
      expect.objectContaining({
        name: 'small',
        title: 'small',
        revision: expect.stringMatching(/^[0-9a-f]{64}$/),
        strategy: 'random-unique',
        games: ['explore', 'teamwork'],
        forms: [],
        opens: null,
      }),
    ]);
    expect(err).toContain('"dcs check" names them');
  });
});

describe('dcs experiments preflight', () => {
  it('says whether an experiment is ready, why, and what it takes', async () => {
    await write('small', SMALL);
    const { exitCode, out, err } = await experiments('preflight', 'Small', '--dollars-per-call', '0.001');
    expect({ exitCode, err }).toEqual({ exitCode: 0, err: '' });
    expect(out).toMatch(/^small is (ready|doubtful) \(simulated with 100 participants, seed preflight\)\.\n/);
    expect(out).toMatch(/\n {2}\d+ of 100 participants finish \(\d+ %\)\.\n/);
    expect(out).toMatch(/\n {2}Models cost about \d+\.\d\d dollars\.\n/);
    expect(out).toMatch(/\ngames +\d+ +\d+ +\d+\.\d +[01]\.\d{3} +even\n/);
    expect(out).toMatch(/\njoining +100 +0 +0\n/);
    expect(out).toMatch(/\nupdater +\d+ +\d+\.\d\d\n/);
  });

  it('exits with 1 when the experiment is not ready, and says what it would take', async () => {
    await write('small', `${SMALL}quotas: { perGame: 100 }\n`);
    const { exitCode, out } = await experiments('preflight', 'small', '--participants', '20');
    expect(exitCode).toBe(1);
    expect(out).toMatch(/^small is not ready/);
    expect(out).toMatch(/\n {2}It takes about \d+ participants to fill what is to be filled\.\n/);
    expect(out).toMatch(/\nper game +100 +200 +\d+ +-\n/);
  });

  it('invites as many as may take part, unless it is told how many come', async () => {
    await write('small', `${SMALL}quotas: { participants: 12 }\n`);
    expect((await experiments('preflight', 'small')).out).toContain('simulated with 12 participants');
  });

  it('prints all figures as JSON, the same with the same seed and others with another', async () => {
    await write('small', SMALL);
    const reportWith = async (seed: string): Promise<PreflightReport> =>
      JSON.parse((await experiments('preflight', 'small', '--json', '--seed', seed)).out);
    const report = await reportWith('a');
    expect(report).toMatchObject({ experiment: 'small', seed: 'a', people: { came: 100, joined: 100 } });
    expect(report.charts.map(({ id }) => id)).toContain('people');
    expect(await reportWith('a')).toEqual(report);
    expect((await reportWith('b')).effort).not.toEqual(report.effort);
  });

  it('begins when the experiment opens, and turns people away when it has closed', async () => {
    await write('small', `${SMALL}opens: 2030-01-01T00:00:00Z\n`);
    expect((await experiments('preflight', 'small')).exitCode).toBe(0);
    await write('small', `${SMALL}closes: 1969-01-01T00:00:00Z\n`);
    const { exitCode, out } = await experiments('preflight', 'small');
    expect(exitCode).toBe(1);
    expect(out).toContain('Nobody of those who came could take part.');
  });

  it('finds every experiment of this project ready, whoever comes', async () => {
    const world = createTestWorld();
    const { out } = await world.run('experiments', 'list', '--json');
    const names = (JSON.parse(out) as readonly { name: string }[]).map(({ name }) => name);
    for (const name of names) {
      for (const seed of ['preflight', 'b', 'c']) {
        const {
          exitCode,
          err,
          out: lines,
        } = await world.run('experiments', 'preflight', name, '--seed', seed);
        expect({ name, exitCode, err }).toEqual({ name, exitCode: 0, err: '' });
        expect(lines.split(' (')[0]).toBe(`${name} is ready`);
      }
    }
  });

  it.each([
    ['smal', 'There is no experiment smal. Did you mean small?'],
    ['other', 'There is no experiment other. There are: small.'],
  ])('does not know %s, and says what there is', async (name, message) => {
    await write('small', SMALL);
    const { exitCode, err } = await experiments('preflight', name);
    expect(exitCode).toBe(1);
    expect(err).toContain(message);
  });
});
