import type {
  CallScope,
  HighestUse,
  Latency,
  ModelCall,
  ModelCallAmounts,
  ModelCallDay,
  ModelCallFailures,
  ModelCallFigures,
  ModelCallPayer,
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

/** Whom a call is counted for; `null` for one that counts for nobody of this kind. */
function payerOf({ occasion }: ModelCall, scope: CallScope): ModelCallPayer | null {
  if (occasion === null) return null;
  const { sessionId, playerId, experimentId, turn, afterSeq } = occasion;
  if (scope === 'turn') return { id: sessionId, turn: { turn, afterSeq } };
  const id = { session: sessionId, player: playerId, experiment: experimentId }[scope];
  return id === null ? null : { id, turn: null };
}

const inOrderOfPayers = (a: ModelCallPayer, b: ModelCallPayer): number =>
  byBytes(a.id, b.id) || (a.turn?.afterSeq ?? 0) - (b.turn?.afterSeq ?? 0);

/** The most of one measure. Of several with as much, always the same one. */
function most(uses: readonly HighestUse[]): HighestUse {
  return uses.reduce((first, use) => (use.amount > first.amount ? use : first), { amount: 0, by: null });
}

export function highestOf(
  calls: readonly ModelCall[],
  scope: CallScope,
): Readonly<Record<keyof ModelCallUse, HighestUse>> {
  const uses = groups(calls, (call) => payerOf(call, scope))
    .flatMap(([first, group]) => {
      const by = payerOf(first, scope);
      return by === null ? [] : [{ by, amounts: amountsOf(group) }];
    })
    .toSorted((a, b) => inOrderOfPayers(a.by, b.by));
  const mostOf = (measure: (amounts: ModelCallAmounts) => number): HighestUse =>
    most(uses.map(({ by, amounts }) => ({ amount: measure(amounts), by })));
  return {
    tokens: mostOf(({ inputTokens, outputTokens }) => inputTokens + outputTokens),
    dollars: mostOf(({ costUsd }) => costUsd),
    ms: mostOf(({ totalMs }) => totalMs),
  };
}
