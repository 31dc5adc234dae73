import { DUEL_FLOWS } from './flows/duelFlows.ts';
import { EXPLORE_FLOWS } from './flows/exploreFlows.ts';
import type { Flows } from './flows/flow.ts';
import { SCORED_FLOWS } from './flows/scoredFlows.ts';

/** All that is recorded. */
export const FLOWS: Flows = { ...EXPLORE_FLOWS, ...SCORED_FLOWS, ...DUEL_FLOWS };
