import { experimentSchema, gameFileSchema, recordingSchema } from '@dcs/engine';
import type {
  ExperimentEvent,
  ExperimentFact,
  PinnedDependencies,
  Recording,
  SessionEvent,
} from '@dcs/engine';
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { experimentRevision } from '../catalog/revision.ts';
import { createPersonalData, createSealer } from '../security/index.ts';
import type { PersonalData } from '../security/index.ts';
import { createMemoryStores } from '../store/memory/stores.ts';
import type { FormSubmission, Stores } from '../store/ports.ts';

/* A small study for tests: real sessions from the recordings of the engine, played by people with names. */

const RECORDINGS = path.resolve(import.meta.dirname, '../../../engine/recordings');
const T0 = Date.UTC(2026, 5, 1, 12);

export const STUDY = 'pilot-study';

export const STUDY_CONFIG = experimentSchema.parse({
  name: STUDY,
  games: [{ name: 'explore' }, { name: 'infer-intent' }, { name: 'foresight' }],
  forms: [
    {
      name: 'about_you',
      version: 2,
      trigger: { event: 'before-all-assignments' },
      questions: [
        { prompt: 'Welcome.' },
        { key: 'address', prompt: 'Where do we reach you?', type: 'email' },
        {
          key: 'mood',
          prompt: 'How are you | today?',
          type: 'number',
          min: 1,
          max: 7,
          labels: ['Bad', 'Good'],
        },
        {
          key: 'known',
          prompt: 'Whom do you know?',
          type: 'multi-choice',
          options: ['bats', 'bees, wild', 'squid'],
        },
        { key: 'form', prompt: 'What form do you take?', type: 'string', long: true },
      ],
    },
  ],
});

export interface StudyPerson {
  readonly playerId: string;
  readonly fullName: string;
  readonly address: string;
}

export interface TestStudy {
  readonly stores: Stores;
  readonly personalData: PersonalData;
  readonly revision: string;
  readonly people: readonly StudyPerson[];
  /** Ids of the sessions, in the order in which they were begun. */
  readonly sessionIds: readonly string[];
  /** Appends to the log of the experiment. */
  happen(...facts: readonly ExperimentFact[]): Promise<void>;
}

/** A recording as if `playerId` had played it. */
async function recorded(name: string, playerId: string): Promise<Recording> {
  const text = await readFile(path.join(RECORDINGS, `${name}.json`), 'utf8');
  const recording = recordingSchema.parse(JSON.parse(text));
  const { sessionId, ownerId } = recording.header;
  const own = JSON.stringify(recording)
    .replaceAll(JSON.stringify(ownerId), JSON.stringify(playerId))
    .replaceAll(`"${ownerId}/`, `"${playerId}/`)
    .replaceAll(sessionId, randomUUID());
  return recordingSchema.parse(JSON.parse(own));
}

async function keepSession(
  stores: Stores,
  { header, sheets, steps }: Recording,
): Promise<readonly SessionEvent[]> {
  const events = steps.map(({ event }) => event);
  for (const [seat, { revision }] of Object.entries(header.cast)) {
    const sheet = sheets[seat];
    if (sheet !== undefined) await stores.characters.put(sheet, { revision, at: T0 });
  }
  await stores.sessions.create(
    { ...header, experimentId: STUDY },
    {
      status: 'closed',
      turns: 1,
      lastSeq: events.length,
      lastActiveAt: T0,
      playerIds: [header.ownerId],
      endedAt: T0,
      terminationReason: 'game_completed',
    },
  );
  await stores.log.append(events);
  await stores.modelCalls.add([
    {
      callId: randomUUID(),
      at: T0,
      role: 'updater',
      task: 'reply',
      provider: 'openrouter',
      model: 'some/model',
      promptVersion: '3',
      promptHash: 'a'.repeat(64),
      parameters: { temperature: -0.5 },
      inputTokens: 900,
      outputTokens: 80,
      isEstimated: false,
      costUsd: 0.25,
      firstByteMs: 300,
      totalMs: 1_200,
      outcome: 'ok',
      occasion: {
        sessionId: header.sessionId,
        playerId: header.ownerId,
        experimentId: STUDY,
        turn: 1,
        afterSeq: 2,
      },
    },
  ]);
  return events;
}

/** What recordings were made with, as far as an export tells. */
function dependenciesOf(recordings: readonly Recording[]): PinnedDependencies {
  return {
    games: recordings.map(({ header: { game, gameVersion, config } }) =>
      gameFileSchema.parse({
        name: game,
        title: game,
        version: gameVersion,
        authors: ['A tester'],
        description: 'A game.',
        config,
        stoppingConditions: {},
      }),
    ),
    characters: recordings.flatMap(({ header }) => Object.values(header.cast)),
  };
}

const PLAYED = ['explore-feedback', 'infer-intent-evaluated', 'foresight-plain'] as const;

const person = (fullName: string): StudyPerson => ({
  playerId: randomUUID(),
  fullName,
  address: `${fullName.toLowerCase()}@example.org`,
});

/** Three people have played, and a fourth has withdrawn. */
export async function createTestStudy(stores: Stores = createMemoryStores()): Promise<TestStudy> {
  const personalData = createPersonalData({
    store: stores.personalData,
    sealer: createSealer([new Uint8Array(32).fill(7)]),
    clock: { now: () => T0 },
  });
  const people = ['Ada', 'Grace', 'Edsger', 'Alan'].map(person);
  const recordings = await Promise.all(
    PLAYED.map((name, index) => recorded(name, people[index]?.playerId ?? '')),
  );
  const dependencies = dependenciesOf(recordings);
  const revision = experimentRevision(STUDY_CONFIG, dependencies);
  await stores.experimentRevisions.put({
    experiment: STUDY,
    revision,
    config: STUDY_CONFIG,
    dependencies,
    at: T0,
  });

  let lastSeq = 0;
  async function happen(...facts: readonly ExperimentFact[]): Promise<void> {
    const events = facts.map((fact, index): ExperimentEvent => {
      const seq = lastSeq + index + 1;
      return { ...fact, experiment: STUDY, seq, at: T0 + seq };
    });
    lastSeq += events.length;
    await stores.experimentLog.append(events);
  }

  async function submit({ playerId, address }: StudyPerson, mood: number): Promise<void> {
    const submission: Omit<FormSubmission, 'erasedAt'> = {
      submissionId: randomUUID(),
      experiment: STUDY,
      participantId: playerId,
      groupId: 'before-all-assignments',
      assignmentId: null,
      form: 'about_you',
      version: 2,
      at: T0,
      answers: { mood, known: ['squid', 'bees, wild'], form: '=HYPERLINK("http://x")\n\uD83D, "so"' },
      sealed: personalData.sealAnswers({ participantId: playerId, of: 'about_you' }, { address }),
    };
    await stores.forms.submit(submission);
    const { submissionId, groupId, assignmentId, form, version } = submission;
    await happen({
      type: 'formSubmitted',
      participantId: playerId,
      submissionId,
      groupId,
      form,
      version,
      assignmentId,
      expertise: ['squid'],
    });
  }

  const sessionIds: string[] = [];
  async function play({ playerId }: StudyPerson, recording: Recording): Promise<void> {
    const { header } = recording;
    const { sessionId, game, cast } = header;
    await keepSession(stores, recording);
    sessionIds.push(sessionId);
    const assignmentId = `a-${sessionIds.length}`;
    const given = { participantId: playerId, assignmentId };
    await happen(
      {
        ...given,
        type: 'assigned',
        game,
        pc: cast['pc']?.hid ?? null,
        npc: cast['npc']?.hid ?? null,
        revision,
        chosen: false,
      },
      { ...given, type: 'assignmentStarted', sessionId },
      { ...given, type: 'assignmentInterrupted', sessionId, reason: 'websocket_disconnect', turns: 1 },
      { ...given, type: 'assignmentStarted', sessionId },
      { ...given, type: 'assignmentCompleted', sessionId, reason: 'game_completed', turns: 4 },
    );
  }

  await happen({ type: 'revised', revision, by: randomUUID() });
  for (const [index, one] of people.entries()) {
    const { playerId, fullName } = one;
    await stores.players.create({
      playerId,
      role: 'player',
      anonymous: false,
      registration: [
        { name: 'fullName', personal: true },
        { name: 'consentToFollowup', personal: false, answer: true },
      ],
      createdAt: T0,
      erasedAt: null,
    });
    await personalData.put(playerId, { fullName });
    await happen({ type: 'joined', participantId: playerId, kind: 'human', number: index + 1 });
    await submit(one, index + 1);
    const recording = recordings[index];
    if (recording === undefined) await happen({ type: 'withdrew', participantId: playerId, by: playerId });
    else await play(one, recording);
  }
  return { stores, personalData, revision, people, sessionIds, happen };
}
