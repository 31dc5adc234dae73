import type { ModelCall, ModelCallFilter, ModelCallStore, ModelCallSum } from '../ports.ts';
import { newestFirst } from './newestFirst.ts';

const placeOf = ({ at, callId }: ModelCall) => ({ at, id: callId });

function fits({ at, occasion }: ModelCall, filter: ModelCallFilter): boolean {
  const { since, sessionId, playerId, experimentId } = filter;
  return (
    (since === undefined || at >= since) &&
    (sessionId === undefined || occasion?.sessionId === sessionId) &&
    (playerId === undefined || occasion?.playerId === playerId) &&
    (experimentId === undefined || occasion?.experimentId === experimentId)
  );
}

function sumOf(calls: readonly ModelCall[], { provider, model, role }: ModelCall): ModelCallSum {
  const total = (of: (call: ModelCall) => number): number => calls.reduce((sum, call) => sum + of(call), 0);
  return {
    provider,
    model,
    role,
    calls: calls.length,
    failures: total(({ outcome }) => (outcome === 'ok' ? 0 : 1)),
    inputTokens: total(({ inputTokens }) => inputTokens),
    outputTokens: total(({ outputTokens }) => outputTokens),
    costUsd: total(({ costUsd }) => costUsd ?? 0),
    unpriced: total(({ costUsd }) => (costUsd === null ? 1 : 0)),
    totalMs: total(({ totalMs }) => totalMs),
  };
}

const byBytes = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));

const inOrder = (a: ModelCallSum, b: ModelCallSum): number =>
  byBytes(a.provider, b.provider) || byBytes(a.model, b.model) || byBytes(a.role, b.role);

/** Records of calls that end with the process. */
export function createMemoryModelCallStore(): ModelCallStore {
  const kept = new Map<string, ModelCall>();
  return {
    async add(calls) {
      for (const call of calls) if (!kept.has(call.callId)) kept.set(call.callId, structuredClone(call));
    },
    async list({ limit, sessionId, before }) {
      const own = [...kept.values()].filter((call) =>
        fits(call, sessionId === undefined ? {} : { sessionId }),
      );
      const cursor = before && { at: before.at, id: before.callId };
      return structuredClone(newestFirst(own, placeOf, { limit, before: cursor }));
    },
    async sums(filter) {
      const groups = Map.groupBy(
        [...kept.values()].filter((call) => fits(call, filter)),
        ({ provider, model, role }) => JSON.stringify([provider, model, role]),
      );
      const sums = [...groups.values()].flatMap((calls) => {
        const [first] = calls;
        return first === undefined ? [] : [sumOf(calls, first)];
      });
      return sums.toSorted(inOrder);
    },
  };
}
