import type { LiveSession } from './liveSession.ts';
import { statusOf } from './state.ts';
import type { SessionState } from './state.ts';

export const SNAPSHOT_POLICIES = ['everyEvent', 'turnBoundary', 'interval'] as const;
export type SnapshotPolicyName = (typeof SNAPSHOT_POLICIES)[number];

/** When snapshots are taken. Whatever it says, no event is ever lost: the log has every one of them. */
export interface SnapshotPolicy {
  /**
   * - `everyEvent`: in the quickest store after every write to the log, in the others at the end of a turn;
   * - `turnBoundary`: at the end of a turn;
   * - `interval`: when so much has happened that it is worth it.
   */
  readonly name: SnapshotPolicyName;
  /**
   * How many events since the last snapshot make another one worth it: for `interval`, and whatever the policy for a
   * session that has just been loaded.
   */
  readonly events: number;
  /** For `interval`: the least time between two snapshots of a session that is being played, in milliseconds. */
  readonly ms: number;
}

/** The shortest log for which a snapshot is looked for. */
export function leastSeq({ name, events }: SnapshotPolicy): number {
  return name === 'interval' ? events : 1;
}

/** Which stores are due a snapshot. */
export type SnapshotScope = 'none' | 'quickest' | 'all';

/** Another turn or other hands: the points to which a player would not mind to return. */
function isTurnBoundary({ state, fold }: LiveSession, before: SessionState): boolean {
  const turnsOf = (at: SessionState): number => fold.game.progress(at.game).turns;
  return state.seats !== before.seats || turnsOf(state) !== turnsOf(before);
}

/**
 * Whether a session that has just been loaded took so long to fold that it is not to be folded again. Many may be loaded
 * at once, by a restart or by a list: those that cost little must not cause a write each.
 */
export function isWorthKeeping({ events }: SnapshotPolicy, { state, snapshotted }: LiveSession): boolean {
  return state.ended === null && state.lastSeq - snapshotted.seq >= events;
}

/** What a session that went on from `before` is due. `now` is epoch ms. Called for every write, so it must cost nothing. */
export function dueSnapshot(
  policy: SnapshotPolicy,
  live: LiveSession,
  { before, now }: { readonly before: SessionState; readonly now: number },
): SnapshotScope {
  const { state, snapshotted } = live;
  // Nobody will play it on.
  if (state.ended !== null) return 'none';
  if (policy.name === 'interval') {
    if (state.lastSeq - snapshotted.seq < policy.events) return 'none';
    const mayRest = statusOf(state) !== 'active';
    return mayRest || now - snapshotted.at >= policy.ms ? 'all' : 'none';
  }
  if (isTurnBoundary(live, before)) return 'all';
  return policy.name === 'everyEvent' ? 'quickest' : 'none';
}
