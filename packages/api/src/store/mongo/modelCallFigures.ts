import { MODEL_ROLES } from '@dcs/engine';
import type { Document } from 'mongodb';
import { CALL_OUTCOMES } from '../ports.ts';
import type {
  CallScope,
  HighestUse,
  Latency,
  ModelCallDay,
  ModelCallFailures,
  ModelCallFigures,
  ModelCallPayer,
  ModelCallLatency,
  ModelCallUse,
} from '../ports.ts';
import { memberOf } from './records.ts';

const oneIf = (condition: Document): Document => ({ $sum: { $cond: [condition, 1, 0] } });

const FAILED: Document = { $ne: ['$outcome', 'ok'] };

/** What any number of calls amount to. */
export const AMOUNTS: Document = {
  calls: { $sum: 1 },
  failures: oneIf(FAILED),
  inputTokens: { $sum: '$inputTokens' },
  outputTokens: { $sum: '$outputTokens' },
  costUsd: { $sum: '$costUsd' },
  unpriced: oneIf({ $eq: ['$costUsd', null] }),
  totalMs: { $sum: '$totalMs' },
};

/** What is no number is left out. */
const percentiles = (input: unknown): Document => ({
  $percentile: { input, p: [0.5, 0.95], method: 'approximate' },
});

const LATENCIES: readonly Document[] = [
  {
    $group: {
      _id: { provider: '$provider', model: '$model', role: '$role' },
      firstByte: percentiles('$firstByteMs'),
      total: percentiles({ $cond: [FAILED, null, '$totalMs'] }),
    },
  },
  { $sort: { '_id.provider': 1, '_id.model': 1, '_id.role': 1 } },
];

const FAILURES: readonly Document[] = [
  { $match: { outcome: { $ne: 'ok' } } },
  { $group: { _id: { provider: '$provider', model: '$model', outcome: '$outcome' }, calls: { $sum: 1 } } },
  { $sort: { calls: -1, '_id.provider': 1, '_id.model': 1, '_id.outcome': 1 } },
];

const DAYS: readonly Document[] = [
  { $group: { _id: { $dateToString: { date: '$at', format: '%Y-%m-%d' } }, ...AMOUNTS } },
  { $sort: { _id: 1 } },
];

/** Behind a `$match`: one document of the form `FiguresDocument`. */
export const FIGURES: readonly Document[] = [
  { $facet: { latencies: LATENCIES, failures: FAILURES, days: DAYS } },
];

type Percentiles = readonly (number | null)[];

export interface FiguresDocument {
  readonly latencies: readonly {
    readonly _id: Readonly<Record<'provider' | 'model' | 'role', string>>;
    readonly firstByte: Percentiles;
    readonly total: Percentiles;
  }[];
  readonly failures: readonly {
    readonly _id: Readonly<Record<'provider' | 'model' | 'outcome', string>>;
    readonly calls: number;
  }[];
  readonly days: readonly (Omit<ModelCallDay, 'day'> & { readonly _id: string })[];
}

function latencyOf([p50, p95]: Percentiles): Latency | null {
  if (typeof p50 !== 'number' || typeof p95 !== 'number') return null;
  return { p50Ms: Math.round(p50), p95Ms: Math.round(p95) };
}

export function fromFigures({ latencies, failures, days }: FiguresDocument): ModelCallFigures {
  return {
    latencies: latencies.map(({ _id: { provider, model, role }, firstByte, total }): ModelCallLatency => ({
      provider,
      model,
      role: memberOf(MODEL_ROLES, role, 'role'),
      firstByte: latencyOf(firstByte),
      total: latencyOf(total),
    })),
    failures: failures.map(({ _id: { provider, model, outcome }, calls }): ModelCallFailures => ({
      provider,
      model,
      outcome: memberOf(CALL_OUTCOMES, outcome, 'outcome of a call'),
      calls,
    })),
    days: days.map(({ _id: day, ...amounts }) => ({ day, ...amounts })),
  };
}

/** By what calls are counted together. A call outside sessions counts for nobody, and most are of no experiment. */
const CHARGED_TO: Readonly<Record<CallScope, { readonly field: string; readonly id: unknown }>> = {
  turn: { field: 'sessionId', id: { sessionId: '$sessionId', afterSeq: '$afterSeq' } },
  session: { field: 'sessionId', id: '$sessionId' },
  player: { field: 'playerId', id: '$playerId' },
  experiment: { field: 'experimentId', id: '$experimentId' },
};

type Measure = keyof ModelCallUse;

/** The most of one measure, with whom it is counted for. Of several with as much, always the same one. */
const most = (measure: Measure): Document => ({
  $top: {
    sortBy: { [measure]: -1, _id: 1 },
    output: { amount: `$${measure}`, id: '$id', turn: '$turn' },
  },
});

/** One document of the form `HighestDocument`, or none. */
export function highestStages(scope: CallScope, since: number): Document[] {
  const { field, id } = CHARGED_TO[scope];
  return [
    { $match: { at: { $gte: new Date(since) }, [field]: { $type: 'string' } } },
    {
      $group: {
        _id: id,
        id: { $first: `$${field}` },
        turn: { $first: scope === 'turn' ? { turn: '$turn', afterSeq: '$afterSeq' } : null },
        tokens: { $sum: { $add: ['$inputTokens', '$outputTokens'] } },
        dollars: { $sum: '$costUsd' },
        ms: { $sum: '$totalMs' },
      },
    },
    {
      $group: { _id: null, tokens: most('tokens'), dollars: most('dollars'), ms: most('ms') },
    },
    { $project: { _id: 0 } },
  ];
}

export type HighestDocument = Readonly<Record<Measure, ModelCallPayer & { readonly amount: number }>>;

export const NOBODY: HighestUse = { amount: 0, by: null };

export function fromHighest({ tokens, dollars, ms }: HighestDocument): Readonly<Record<Measure, HighestUse>> {
  const use = ({ amount, id, turn }: HighestDocument[Measure]): HighestUse =>
    amount === 0 ? NOBODY : { amount, by: { id, turn } };
  return { tokens: use(tokens), dollars: use(dollars), ms: use(ms) };
}
