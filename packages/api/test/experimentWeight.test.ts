import { experimentSchema } from '@dcs/engine';
import { describe, expect, it } from 'vitest';
import { openMemoryStorage } from '../src/storage.ts';
import type { Storage } from '../src/storage.ts';
import { testApp } from './support/testApp.ts';

/* What pages of experiments cost: looking at one must not cost more the more there is to choose from. */

const MOST_QUERIES = 5;
const MOST_BYTES = 50_000;
const ADMIN_KEY = `dcs-ak-${'a'.repeat(43)}`;

/** Storage that counts what is asked of it. */
function countingStorage(): { readonly storage: Storage; readonly taken: () => readonly string[] } {
  const storage = openMemoryStorage();
  let asked: string[] = [];
  const counting = <T extends object>(name: string, store: T): T =>
    new Proxy(store, {
      get: (target, key): unknown => {
        const value: unknown = Reflect.get(target, key);
        if (typeof value !== 'function') return value;
        return (...args: unknown[]): unknown => {
          asked.push(`${name}.${String(key)}`);
          return Reflect.apply(value, target, args);
        };
      },
    });
  const stores = Object.fromEntries(
    Object.entries(storage.stores).map(([name, store]: [string, object]) => [name, counting(name, store)]),
  );
  return {
    storage: { ...storage, stores: { ...storage.stores, ...stores } },
    taken: () => {
      const found = asked;
      asked = [];
      return found;
    },
  };
}

const wide = experimentSchema.parse({
  name: 'wide',
  games: ['explore', 'foresight', 'infer-intent', 'goal-horizon', 'teamwork'].map((name) => ({ name })),
  assignment: { strategy: 'full-character-access', participantChooses: true, maxPerParticipant: 50 },
  quotas: { perGame: 500 },
});
const of = { name: 'wide' };

describe('an experiment with all games and all characters', () => {
  it('is looked at by a participant with few queries and little to carry', async () => {
    const { storage, taken } = countingStorage();
    await using app = await testApp({ storage, env: { ADMIN_KEY }, moreExperiments: [wide] });
    const { client } = await app.player();
    await client.experiments.join.mutate(of);
    taken();
    const setup = await client.experiments.setup.query(of);
    expect(taken().length).toBeLessThanOrEqual(MOST_QUERIES);
    expect(setup.nextAssignment.optionCount).toBeGreaterThan(100);
    expect(JSON.stringify(setup).length).toBeLessThan(MOST_BYTES);
    for (const step of [of, { ...of, game: 'explore' }]) {
      const options = await client.experiments.eligibleOptions.query(step);
      expect(taken().length).toBeLessThanOrEqual(MOST_QUERIES);
      expect(JSON.stringify(options).length).toBeLessThan(MOST_BYTES);
    }
  });

  it('is looked at like that also by somebody who has left everything open, from another server', async () => {
    const { storage, taken } = countingStorage();
    const kept = { ...storage, close: async () => undefined };
    const question = {
      prompt: `What was it like? ${'Take your time. '.repeat(60)}`,
      type: 'string',
      required: true,
    };
    const trying = experimentSchema.parse({
      ...of,
      games: wide.games,
      assignment: { ...wide.assignment, maxPerParticipant: 200, requireCompletion: false },
      forms: [
        {
          name: 'consent',
          trigger: { event: 'before-all-assignments' },
          questions: [{ ...question, key: 'agreed' }],
        },
        {
          name: 'in_play',
          trigger: { event: 'after-turns', turns: 1 },
          questions: [{ ...question, key: 'so_far' }],
        },
      ],
    });
    const options = { storage: kept, env: { ADMIN_KEY }, moreExperiments: [trying] };
    let accessKey = '';
    {
      await using app = await testApp(options);
      const player = await app.player();
      ({ accessKey } = player);
      const { experiments } = player.client;
      await experiments.join.mutate(of);
      const agreed = { groupId: 'before-all-assignments', responses: { consent: { agreed: 'Yes.' } } };
      await experiments.submitForm.mutate({ ...of, ...agreed });
      for (let count = 0; count < 60; count += 1) {
        const { games } = await experiments.eligibleOptions.query(of);
        const game = games[count % games.length]?.game ?? '';
        const pc = (await experiments.eligibleOptions.query({ ...of, game })).characters[0]?.hid ?? '';
        const npc = (await experiments.eligibleOptions.query({ ...of, game, pc })).characters[0]?.hid;
        await experiments.select.mutate({ ...of, game, pc, ...(npc === undefined ? {} : { npc }) });
        await experiments.startSession.mutate(of);
      }
    }
    await using app = await testApp(options);
    const client = app.client();
    client.signIn(accessKey);
    await client.experiments.status.query(of);
    taken();
    const setup = await client.experiments.setup.query(of);
    expect(taken().length).toBeLessThanOrEqual(MOST_QUERIES);
    expect(Buffer.byteLength(JSON.stringify(setup))).toBeLessThan(MOST_BYTES);
    expect(setup.assignments.length).toBeGreaterThan(10);
    expect(setup.assignments.length + setup.moreAssignments).toBe(60);
    expect(setup.assignments.at(-1)?.assignmentId).toBe(setup.currentAssignment?.assignmentId);
  });

  it('is watched with few queries and little to carry, however many take part', async () => {
    const { storage, taken } = countingStorage();
    await using app = await testApp({ storage, env: { ADMIN_KEY }, moreExperiments: [wide] });
    const people = await Promise.all(Array.from({ length: 30 }, () => app.player()));
    for (const { client } of people) {
      await client.experiments.join.mutate(of);
      const { games } = await client.experiments.eligibleOptions.query(of);
      const game = games[0]?.game ?? '';
      const { characters } = await client.experiments.eligibleOptions.query({ ...of, game });
      const pc = characters[0]?.hid ?? '';
      const met = await client.experiments.eligibleOptions.query({ ...of, game, pc });
      await client.experiments.select.mutate({ ...of, game, pc, npc: met.characters[0]?.hid ?? '' });
      await client.experiments.startSession.mutate(of);
    }
    const admin = app.client();
    admin.signIn(ADMIN_KEY);
    await admin.admin.experiments.query();
    taken();
    const dashboard = await admin.admin.experiment.query(of);
    expect(taken().length).toBeLessThanOrEqual(MOST_QUERIES);
    expect(dashboard.playing).toBe(30);
    expect(JSON.stringify(dashboard).length).toBeLessThan(MOST_BYTES);
    const page = await admin.admin.participants.query({ ...of, limit: 100 });
    expect(taken().length).toBeLessThanOrEqual(MOST_QUERIES);
    expect(JSON.stringify(page).length).toBeLessThan(MOST_BYTES);
  });
});
