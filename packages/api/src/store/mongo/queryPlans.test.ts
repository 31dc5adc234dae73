import { randomUUID } from 'node:crypto';
import { MongoClient } from 'mongodb';
import type { CommandStartedEvent, Db, Document } from 'mongodb';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { sampleExperimentRun } from '../contract/experimentLog.ts';
import { newId, sampleHeader, sampleSummary, T0 } from '../contract/samples.ts';
import { createMongoAccessKeyStore } from './accessKeyStore.ts';
import { createMongoAuditLog } from './auditLog.ts';
import { createMongoExperimentLog } from './experimentLog.ts';
import { createMongoExperimentRevisionStore } from './experimentRevisionStore.ts';
import { createMongoFormStore } from './formStore.ts';
import { createMongoModelCallStore } from './modelCallStore.ts';
import { createMongoPlayerStore } from './playerStore.ts';
import { openCollections } from './prismaClient.ts';
import { ensureSchema } from './schema.ts';
import { createMongoSessionStore } from './sessionStore.ts';

/** Commands that look for documents, and therefore have a plan. */
const PLANNED = new Set(['find', 'aggregate', 'distinct', 'update', 'delete', 'findAndModify']);

describe('what is asked of MongoDB for experiments and for the account of what is done', () => {
  let client: MongoClient;
  let db: Db;
  const asked: Document[] = [];
  beforeAll(async () => {
    client = new MongoClient(inject('databaseUrl'), { monitorCommands: true });
    db = client.db(`plans-${randomUUID().slice(0, 8)}`);
    await ensureSchema(db);
    client.on('commandStarted', ({ commandName, command }: CommandStartedEvent) => {
      if (PLANNED.has(commandName)) asked.push(command);
    });
  });
  afterAll(() => client.close());

  /** The stages of the plan that was chosen, however it is nested. */
  function stagesOf(plan: unknown): string[] {
    if (Array.isArray(plan)) return plan.flatMap(stagesOf);
    if (typeof plan !== 'object' || plan === null) return [];
    const own = 'stage' in plan && typeof plan.stage === 'string' ? [plan.stage] : [];
    const chosen = Object.entries(plan).filter(([name]) => name !== 'rejectedPlans');
    return [...own, ...chosen.flatMap(([, nested]) => stagesOf(nested))];
  }

  async function planOf(command: Document): Promise<string[]> {
    const { lsid: _lsid, $db: _db, $clusterTime: _time, $readPreference: _read, ...rest } = command;
    const { writeConcern: _write, txnNumber: _number, ...explained } = rest;
    return stagesOf(await db.command({ explain: explained, verbosity: 'queryPlanner' }));
  }

  it('is found by an index, and comes out of it in order', async () => {
    const [experiment, participantId, sessions] = [newId(), newId(), createMongoSessionStore(db)];
    const log = createMongoExperimentLog(db);
    await log.append(sampleExperimentRun(experiment, 1, 3));
    await sessions.create(sampleHeader({ experimentId: experiment }), sampleSummary());
    asked.length = 0;

    const forms = createMongoFormStore(db);
    const revisions = createMongoExperimentRevisionStore(db);
    const calls = createMongoModelCallStore(db);
    const page = { limit: 10, after: { at: T0, submissionId: 's' } };
    await log.read(experiment, 1, 10);
    await forms.get(['a', 'b']);
    await forms.page(experiment, page);
    await forms.ofParticipant(participantId, page);
    await forms.draftsOf(experiment, participantId);
    await forms.allDraftsOf(participantId);
    await forms.removeDraft({ experiment, participantId, groupId: 'g' });
    await forms.saveDraft({ experiment, participantId, groupId: 'g', answers: {}, sealed: {}, at: T0 });
    await forms.eraseOf(participantId, T0);
    await revisions.get(experiment, 'r');
    await revisions.list(experiment);
    await revisions.experiments();
    await sessions.listByExperiment(experiment, { limit: 10, after: { createdAt: T0, sessionId: 's' } });
    await sessions.countByExperiment(experiment);
    await calls.listByExperiment(experiment, { limit: 10, after: { at: T0, callId: 'c' } });

    const audit = createMongoAuditLog(openCollections(client, db.databaseName));
    const before = { at: T0, auditId: 'a' };
    await audit.list({ limit: 10, before });
    for (const filter of [{ action: 'a' }, { actorId: 'a' }, { targetId: 'a' }])
      await audit.list({ limit: 10, before, ...filter });

    const players = createMongoPlayerStore(openCollections(client, db.databaseName));
    const since = { createdAt: T0, playerId: 'p' };
    await players.list({ limit: 10, before: since });
    await players.list({ limit: 10, before: since, role: 'admin' });
    const keys = createMongoAccessKeyStore(openCollections(client, db.databaseName));
    await keys.inForce(['p', 'q'], T0);

    const commands = [...asked];
    expect(commands.length).toBeGreaterThanOrEqual(20);
    const faults: string[] = [];
    for (const command of commands) {
      const stages = await planOf(command);
      const isPlanned = stages.some((stage) => stage !== 'COLLSCAN' && stage !== 'SORT');
      const isDear = stages.includes('COLLSCAN') || stages.includes('SORT');
      if (!isPlanned || isDear) faults.push(`${stages.join()}: ${JSON.stringify(command)}`);
    }
    expect(faults).toEqual([]);
  });
});
