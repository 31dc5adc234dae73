import type {
  CallScope,
  Latency,
  ModelCall,
  ModelCallAmounts,
  ModelCallDay,
  ModelCallFailures,
  ModelCallFigures,
  ModelCallLatency,
  ModelCallSum,
  ModelCallUse,
} from '../ports.ts';

const byBytes = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));

type Who = Pick<ModelCallSum, 'provider' | 'model' | 'role'>;

/** By provider, model and role. */
export const inOrder = (a: Who, b: Who): number =>
  byBytes(a.provider, b.provider) || byBytes(a.model, b.model) || byBytes(a.role, b.role);

export function amountsOf(calls: readonly ModelCall[]): ModelCallAmounts {
  const total = (of: (call: ModelCall) => number): number => calls.reduce((sum, call) => sum + of(call), 0);
  return {
    calls: calls.length,
    failures: total(({ outcome }) => (outcome === 'ok' ? 0 : 1)),
    inputTokens: total(({ inputTokens }) => inputTokens),
    outputTokens: total(({ outputTokens }) => outputTokens),
    costUsd: total(({ costUsd }) => costUsd ?? 0),
    unpriced: total(({ costUsd }) => (costUsd === null ? 1 : 0)),
    totalMs: total(({ totalMs }) => totalMs),
  };
}

function latencyOf(times: readonly (number | null)[]): Latency | null {
  const sorted = times.filter((ms) => ms !== null).toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
  return sorted.length === 0 ? null : { p50Ms: at(0.5), p95Ms: at(0.95) };
}

/** The calls that agree in `key`, with one of them. */
function groups(
  calls: readonly ModelCall[],
  key: (call: ModelCall) => unknown,
): readonly (readonly [ModelCall, readonly ModelCall[]])[] {
  const grouped = [...Map.groupBy(calls, (call) => JSON.stringify(key(call))).values()];
  return grouped.flatMap((group) => {
    const [first] = group;
    return first === undefined ? [] : [[first, group] as const];
  });
}

function latencies(calls: readonly ModelCall[]): readonly ModelCallLatency[] {
  return groups(calls, ({ provider, model, role }) => [provider, model, role])
    .map(([{ provider, model, role }, group]) => ({
      provider,
      model,
      role,
      firstByte: latencyOf(group.map(({ firstByteMs }) => firstByteMs)),
      total: latencyOf(group.map(({ outcome, totalMs }) => (outcome === 'ok' ? totalMs : null))),
    }))
    .toSorted(inOrder);
}

function failures(calls: readonly ModelCall[]): readonly ModelCallFailures[] {
  const failed = calls.filter(({ outcome }) => outcome !== 'ok');
  return groups(failed, ({ provider, model, outcome }) => [provider, model, outcome])
    .map(([{ provider, model, outcome }, group]) => ({ provider, model, outcome, calls: group.length }))
    .toSorted(
      (a, b) =>
        b.calls - a.calls ||
        byBytes(a.provider, b.provider) ||
        byBytes(a.model, b.model) ||
        byBytes(a.outcome, b.outcome),
    );
}

const dayOf = ({ at }: ModelCall): string => new Date(at).toISOString().slice(0, 10);

function days(calls: readonly ModelCall[]): readonly ModelCallDay[] {
  return groups(calls, dayOf)
    .map(([first, group]) => ({ day: dayOf(first), ...amountsOf(group) }))
    .toSorted((a, b) => byBytes(a.day, b.day));
}

export const figuresOf = (calls: readonly ModelCall[]): ModelCallFigures => ({
  latencies: latencies(calls),
  failures: failures(calls),
  days: days(calls),
});

/** What calls are counted together; `null` for a call that counts for nobody of this kind. */
function chargedTo({ occasion }: ModelCall, scope: CallScope): unknown {
  if (occasion === null) return null;
  const { sessionId, playerId, experimentId, afterSeq } = occasion;
  return { turn: [sessionId, afterSeq], session: sessionId, player: playerId, experiment: experimentId }[
    scope
  ];
}

export function highestOf(calls: readonly ModelCall[], scope: CallScope): ModelCallUse {
  const charged = calls.filter((call) => chargedTo(call, scope) !== null);
  const amounts = groups(charged, (call) => chargedTo(call, scope)).map(([, group]) => amountsOf(group));
  return {
    tokens: Math.max(0, ...amounts.map(({ inputTokens, outputTokens }) => inputTokens + outputTokens)),
    dollars: Math.max(0, ...amounts.map(({ costUsd }) => costUsd)),
    ms: Math.max(0, ...amounts.map(({ totalMs }) => totalMs)),
  };
}
