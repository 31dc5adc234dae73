import type { ModelCall, ModelCallFilter, ModelCallStore, ModelCallSum } from '../ports.ts';
import { amountsOf, figuresOf, highestOf, inOrder } from './modelCallFigures.ts';
import { newestFirst, oldestFirst } from './newestFirst.ts';

const placeOf = ({ at, callId }: ModelCall) => ({ at, id: callId });

function fits(call: ModelCall, filter: ModelCallFilter): boolean {
  const { at, occasion } = call;
  const { since, sessionId, playerId, experimentId, role, provider, model } = filter;
  return (
    (since === undefined || at >= since) &&
    (sessionId === undefined || occasion?.sessionId === sessionId) &&
    (playerId === undefined || occasion?.playerId === playerId) &&
    (experimentId === undefined || occasion?.experimentId === experimentId) &&
    (role === undefined || call.role === role) &&
    (provider === undefined || call.provider === provider) &&
    (model === undefined || call.model === model)
  );
}

const sumOf = (calls: readonly ModelCall[], { provider, model, role }: ModelCall): ModelCallSum => ({
  provider,
  model,
  role,
  ...amountsOf(calls),
});

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
    async listByExperiment(experimentId, { limit, after }) {
      const own = [...kept.values()].filter((call) => fits(call, { experimentId }));
      const cursor = after && { at: after.at, id: after.callId };
      return structuredClone(oldestFirst(own, placeOf, { limit, after: cursor }));
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
    async figures(filter) {
      return figuresOf([...kept.values()].filter((call) => fits(call, filter)));
    },
    async highest(scope, since) {
      return highestOf(
        [...kept.values()].filter((call) => fits(call, { since })),
        scope,
      );
    },
  };
}
