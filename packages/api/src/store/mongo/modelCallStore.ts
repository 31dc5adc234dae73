import { MODEL_ROLES } from '@dcs/engine';
import type { ModelOccasion } from '@dcs/engine';
import { Double, MongoBulkWriteError } from 'mongodb';
import type { Db, Document, Filter } from 'mongodb';
import { CALL_OUTCOMES } from '../ports.ts';
import type {
  ExperimentCallPage,
  ModelCall,
  ModelCallFilter,
  ModelCallPage,
  ModelCallStore,
  ModelCallSum,
} from '../ports.ts';
import type { Models } from '../../../../../prisma/contract.d.ts';
import { AMOUNTS, FIGURES, fromFigures, fromHighest, highestStages, NOBODY } from './modelCallFigures.ts';
import type { FiguresDocument, HighestDocument } from './modelCallFigures.ts';
import { DUPLICATE_KEY, guarded, mapMongoError } from './mongoErrors.ts';
import { memberOf } from './records.ts';

interface CallDocument extends Omit<Models.unbound_ModelCall, '_id' | 'experimentId'> {
  /** Records from before there were experiments do not have it. */
  readonly experimentId?: string | null;
}

const LARGEST_INT32 = 2 ** 31 - 1;

/** The contract wants whole numbers of 32 bits; whatever a provider told beyond that is cut. */
const int32 = (value: number): number => Math.min(LARGEST_INT32, Math.max(0, Math.round(value)));

function toDocument(call: ModelCall): Document {
  const { parameters, occasion, at, costUsd, firstByteMs, ...rest } = call;
  return {
    ...rest,
    at: new Date(at),
    parametersJson: JSON.stringify(parameters),
    inputTokens: int32(call.inputTokens),
    outputTokens: int32(call.outputTokens),
    // The driver would write a round sum as a whole number, which the contract refuses.
    costUsd: costUsd === null ? null : new Double(costUsd),
    firstByteMs: firstByteMs === null ? null : int32(firstByteMs),
    totalMs: int32(call.totalMs),
    sessionId: occasion?.sessionId ?? null,
    playerId: occasion?.playerId ?? null,
    experimentId: occasion?.experimentId ?? null,
    turn: occasion?.turn ?? null,
    afterSeq: occasion?.afterSeq ?? null,
  };
}

function occasionOf(document: CallDocument): ModelOccasion | null {
  const { sessionId, playerId, experimentId = null, turn, afterSeq } = document;
  const isWhole = sessionId !== null && playerId !== null && turn !== null && afterSeq !== null;
  return isWhole ? { sessionId, playerId, experimentId, turn, afterSeq } : null;
}

function fromDocument(document: CallDocument): ModelCall {
  const { at, role, parametersJson, outcome, costUsd, firstByteMs } = document;
  return {
    callId: document.callId,
    at: at.getTime(),
    role: memberOf(MODEL_ROLES, role, 'role'),
    task: document.task,
    provider: document.provider,
    model: document.model,
    promptVersion: document.promptVersion,
    promptHash: document.promptHash,
    parameters: JSON.parse(parametersJson),
    inputTokens: document.inputTokens,
    outputTokens: document.outputTokens,
    isEstimated: document.isEstimated,
    costUsd,
    firstByteMs,
    totalMs: document.totalMs,
    outcome: memberOf(CALL_OUTCOMES, outcome, 'outcome of a call'),
    occasion: occasionOf(document),
  };
}

function beganBefore({ at, callId }: Required<ModelCallPage>['before']): Filter<CallDocument> {
  const time = new Date(at);
  return { at: { $lte: time }, $or: [{ at: { $lt: time } }, { callId: { $lt: callId } }] };
}

function beganAfter({ at, callId }: Required<ExperimentCallPage>['after']): Filter<CallDocument> {
  const time = new Date(at);
  return { at: { $gte: time }, $or: [{ at: { $gt: time } }, { callId: { $gt: callId } }] };
}

/** Fields of a filter that have the name and the value of a field of a record. */
const EQUAL_FIELDS = ['sessionId', 'playerId', 'experimentId', 'role', 'provider', 'model'] as const;

function matching(filter: ModelCallFilter): Filter<CallDocument> {
  const { since } = filter;
  return {
    ...Object.fromEntries(
      EQUAL_FIELDS.flatMap((field) => (filter[field] === undefined ? [] : [[field, filter[field]]])),
    ),
    ...(since === undefined ? {} : { at: { $gte: new Date(since) } }),
  };
}

const SUMS: readonly Document[] = [
  {
    $group: {
      _id: { provider: '$provider', model: '$model', role: '$role' },
      ...AMOUNTS,
    },
  },
  { $sort: { '_id.provider': 1, '_id.model': 1, '_id.role': 1 } },
];

type SumDocument = Omit<ModelCallSum, 'provider' | 'model' | 'role'> & {
  readonly _id: Pick<ModelCallSum, 'provider' | 'model'> & { readonly role: string };
};

function fromSum({ _id, ...amounts }: SumDocument): ModelCallSum {
  const { provider, model, role } = _id;
  return { provider, model, role: memberOf(MODEL_ROLES, role, 'role'), ...amounts };
}

/** Whether all that went wrong with a batch is that a part of it was there already. */
const isRepetition = (error: unknown): boolean =>
  error instanceof MongoBulkWriteError &&
  error.code === DUPLICATE_KEY &&
  [error.writeErrors].flat().every(({ code }) => code === DUPLICATE_KEY) &&
  error.result.getWriteConcernError() === undefined;

/** The records of calls in MongoDB. */
export function createMongoModelCallStore(db: Db): ModelCallStore {
  const documents = db.collection('modelCalls');
  const found = db.collection<CallDocument>('modelCalls');
  return {
    async add(calls) {
      if (calls.length === 0) return;
      try {
        await documents.insertMany(calls.map(toDocument), { ordered: false });
      } catch (error) {
        if (!isRepetition(error)) throw mapMongoError(error);
      }
    },
    async list({ limit, sessionId, before }) {
      if (limit < 1) return [];
      const filter = {
        ...matching(sessionId === undefined ? {} : { sessionId }),
        ...(before && beganBefore(before)),
      };
      const page = { projection: { _id: 0 }, sort: { at: -1, callId: -1 }, limit } as const;
      return (await guarded(() => found.find(filter, page).toArray())).map(fromDocument);
    },
    async listByExperiment(experimentId, { limit, after }) {
      if (limit < 1) return [];
      const filter = { experimentId, ...(after && beganAfter(after)) };
      const page = { projection: { _id: 0 }, sort: { at: 1, callId: 1 }, limit } as const;
      return (await guarded(() => found.find(filter, page).toArray())).map(fromDocument);
    },
    async sums(filter) {
      const stages = [{ $match: matching(filter) }, ...SUMS];
      return (await guarded(() => found.aggregate<SumDocument>(stages).toArray())).map(fromSum);
    },
    async figures(filter) {
      const stages = [{ $match: matching(filter) }, ...FIGURES];
      const [figures] = await guarded(() => found.aggregate<FiguresDocument>(stages).toArray());
      return fromFigures(figures ?? { latencies: [], failures: [], days: [] });
    },
    async highest(scope, since) {
      const stages = highestStages(scope, since);
      const [highest] = await guarded(() => found.aggregate<HighestDocument>(stages).toArray());
      return highest === undefined ? { tokens: NOBODY, dollars: NOBODY, ms: NOBODY } : fromHighest(highest);
    },
  };
}
