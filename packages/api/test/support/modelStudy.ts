import { createScriptedModel, experimentSchema } from '@dcs/engine';
import type {
  ExperimentEvent,
  LanguageModel,
  ModelRequest,
  ParticipantKind,
  SessionEvent,
} from '@dcs/engine';
import type { DcsClient } from '../../src/client/index.ts';
import type { Storage } from '../../src/storage.ts';
import { testApp } from './testApp.ts';
import type { TestApp } from './testApp.ts';
import { wholeLog } from './wholeLog.ts';
import { putInForce } from './putInForce.ts';

/* A small study in which models take part, and what is left of it. */

const ADMIN_KEY = `dcs-ak-${'a'.repeat(43)}`;
export const STUDY_ENV = { PII_KEY: 'ab'.repeat(32), ADMIN_KEY };
export const STUDY = { name: 'benchmark' };
export const MODELS = ['scripted', 'openai-compatible:other/one'] as const;

/** Two models, two participants each, two short games each. */
export function modelStudy(file: Readonly<Record<string, unknown>> = {}) {
  return experimentSchema.parse({
    ...STUDY,
    games: [
      { name: 'explore', overrides: { maxTurns: 4 } },
      { name: 'foresight', overrides: { maxTurns: 4 } },
    ],
    players: { humans: false, models: MODELS.map((model) => ({ model, participants: 2 })) },
    assignment: { maxPerParticipant: 2 },
    ...file,
  });
}

/** The scripted simulator, whatever it is called; sees what is asked of players, and may stand in their way. */
export function watchedModel(before: (request: ModelRequest) => Promise<string | null> | null = () => null) {
  const scripted = createScriptedModel();
  const asked: ModelRequest[] = [];
  const model: LanguageModel = {
    ...scripted,
    generate: async (request, onText) => {
      if (request.role !== 'player') return scripted.generate(request, onText);
      asked.push(request);
      const said = (await before(request)) ?? null;
      return said === null ? scripted.generate(request, onText) : { text: said, model: 'test' };
    },
  };
  return { model, asked };
}

export interface StudyServerOptions {
  readonly storage: Storage;
  readonly study?: ReturnType<typeof modelStudy>;
  readonly model?: LanguageModel;
  readonly env?: Readonly<Record<string, string>>;
}

export const studyServer = ({ storage, study = modelStudy(), model, env = {} }: StudyServerOptions) =>
  testApp({
    storage,
    env: { ...STUDY_ENV, ...env },
    moreExperiments: [study],
    ...(model === undefined ? {} : { model }),
  });

export function adminOf(app: TestApp): DcsClient {
  const client = app.client();
  client.signIn(ADMIN_KEY);
  return client;
}

export const startStudy = (app: TestApp): Promise<void> => putInForce(adminOf(app), STUDY.name);

export const studyLog = ({ stores }: Pick<Storage, 'stores'>): Promise<readonly ExperimentEvent[]> =>
  stores.experimentLog.read(STUDY.name, 0, 10_000);

type EventOf<T extends ExperimentEvent['type']> = Extract<ExperimentEvent, { type: T }>;

export async function eventsOf<T extends ExperimentEvent['type']>(
  storage: Pick<Storage, 'stores'>,
  type: T,
): Promise<readonly EventOf<T>[]> {
  const isOfType = (event: ExperimentEvent): event is EventOf<T> => event.type === type;
  return (await studyLog(storage)).filter(isOfType);
}

/** Whether that many assignments are completed. */
export const areCompleted = async (storage: Pick<Storage, 'stores'>, count: number): Promise<boolean> =>
  (await eventsOf(storage, 'assignmentCompleted')).length >= count;

export interface StudyResult {
  readonly participants: readonly { readonly kind: ParticipantKind; readonly model?: string }[];
  /** Attempts of each assignment. */
  readonly attempts: readonly number[];
  /** How often each completed assignment was completed. */
  readonly completions: readonly number[];
  readonly sessions: readonly (readonly SessionEvent[])[];
}

export async function resultOf(storage: Pick<Storage, 'stores'>): Promise<StudyResult> {
  const started = await eventsOf(storage, 'assignmentStarted');
  const completed = await eventsOf(storage, 'assignmentCompleted');
  const sizes = (events: readonly { readonly assignmentId: string }[]): readonly number[] =>
    [...Map.groupBy(events, ({ assignmentId }) => assignmentId).values()].map(({ length }) => length);
  return {
    participants: (await eventsOf(storage, 'joined')).map(({ kind, model }) => ({
      kind,
      ...(model === undefined ? {} : { model }),
    })),
    attempts: sizes(started),
    completions: sizes(completed),
    sessions: await Promise.all(started.map(({ sessionId }) => wholeLog(storage, sessionId))),
  };
}

const isMove = ({ kind, direction }: SessionEvent): boolean =>
  direction === 'inbound' && (kind === 'message' || kind === 'command');

/** Moves that nothing was made of: of a session in which every move was made once, there are none. */
export function doubledMoves(log: readonly SessionEvent[]): readonly SessionEvent[] {
  return log.filter((event, index) => {
    if (!isMove(event)) return false;
    const answer = log.slice(index + 1).find((next) => next.direction === 'outbound' || isMove(next));
    return answer !== undefined && isMove(answer);
  });
}
