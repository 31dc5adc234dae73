import type { ExperimentPlan } from '../assignment/plan.ts';
import { possiblePlaces } from '../assignment/pool.ts';
import { QUOTA_KEYS, QUOTA_KINDS } from '../assignment/quotaKind.ts';
import type { QuotaKind } from '../assignment/quotaKind.ts';
import type { Candidate } from '../event.ts';
import type { Simulation } from './simulateExperiment.ts';

/** When somebody was counted for the first time. */
export interface QuotaStep {
  /** Epoch ms. */
  readonly at: number;
  /** Places that are filled from then on. */
  readonly filled: number;
}

/** How far a quota was filled: by those who joined, or with games by those who completed what was given to them. */
export interface QuotaFill {
  readonly id: QuotaKind;
  /** For each of `cells` things. */
  readonly quota: number;
  readonly cells: number;
  readonly places: number;
  readonly filled: number;
  /** Those that are not, and are kept in the end for people who have left: when they have lapsed, others may have them. */
  readonly kept: number;
  /** How many had joined when the last place was filled; `null` when it never was. */
  readonly filledBy: number | null;
  readonly steps: readonly QuotaStep[];
}

function cellsOf(plan: ExperimentPlan, keyOf: (candidate: Candidate) => string | null): number {
  return new Set(
    possiblePlaces(plan)
      .map(keyOf)
      .filter((key) => key !== null),
  ).size;
}

/** How many hold a place of which they have completed nothing; `completers` by what they are counted for. */
function keptIn(
  { assignments }: Simulation['state'],
  id: QuotaKind,
  completers: ReadonlyMap<string, ReadonlySet<string>>,
): number {
  if (id === 'participants') return 0;
  const keepers = new Set<string>();
  for (const assignment of assignments.values()) {
    const key = assignment.holdsPlace ? QUOTA_KEYS[id](assignment) : null;
    const { participantId } = assignment;
    if (key !== null && completers.get(key)?.has(participantId) !== true)
      keepers.add(`${key} ${participantId}`);
  }
  return keepers.size;
}

/** What each event of the log adds to a quota: the thing for which somebody is counted, and who. */
function fillOf(
  { events, state, input }: Simulation,
  id: QuotaKind,
  { quota, cells }: { readonly quota: number; readonly cells: number },
): QuotaFill {
  const counted = new Map<string, Set<string>>();
  const steps: QuotaStep[] = [{ at: input.startsAt, filled: 0 }];
  const places = quota * cells;
  let joined = 0;
  let filled = 0;
  let filledBy: number | null = null;
  for (const event of events) {
    if (event.type === 'joined') joined += 1;
    const isCounted = event.type === (id === 'participants' ? 'joined' : 'assignmentCompleted');
    if (!isCounted) continue;
    const assignment =
      event.type === 'assignmentCompleted' ? state.assignments.get(event.assignmentId) : undefined;
    const key = assignment === undefined ? '' : QUOTA_KEYS[id](assignment);
    if (key === null) continue;
    const who = counted.get(key) ?? new Set();
    counted.set(key, who);
    if (who.has(event.participantId) || who.size >= quota) continue;
    who.add(event.participantId);
    filled += 1;
    steps.push({ at: event.at, filled });
    if (filled === places) filledBy = joined;
  }
  return { id, quota, cells, places, filled, kept: keptIn(state, id, counted), filledBy, steps };
}

/** Of each quota that the file has. */
export function quotaFills(simulation: Simulation): readonly QuotaFill[] {
  const { plan } = simulation.input.planned;
  return QUOTA_KINDS.flatMap((id) => {
    const quota = plan.config.quotas[id];
    if (quota === undefined) return [];
    const cells = id === 'participants' ? 1 : cellsOf(plan, QUOTA_KEYS[id]);
    return cells === 0 ? [] : [fillOf(simulation, id, { quota, cells })];
  });
}

/** How many participants it takes to fill all quotas for games and characters. */
export interface Needed {
  readonly participants: number;
  /** Whether so many did not come: the number goes by how far those who came have filled the quotas. */
  readonly isEstimate: boolean;
}

/** `null` without such quotas, or when nothing was filled at all. */
export function neededFor(fills: readonly QuotaFill[], joined: number): Needed | null {
  const needs = fills
    .filter(({ id }) => id !== 'participants')
    .map(({ filledBy, filled, places }) => ({
      participants: filledBy ?? (filled === 0 ? Infinity : Math.ceil((joined * places) / filled)),
      isEstimate: filledBy === null,
    }));
  const most = needs.toSorted((a, b) => b.participants - a.participants)[0];
  return most === undefined || most.participants === Infinity ? null : most;
}
