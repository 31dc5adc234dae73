import type { PastAssignment } from './strategy.ts';

/** Assignments that were or will be played: whatever was dropped is as if it had never been given. */
export function kept(history: readonly PastAssignment[]): readonly PastAssignment[] {
  return history.filter(({ status }) => status !== 'dropped');
}

export function hasCompleted(
  history: readonly PastAssignment[],
  { game, npc }: { readonly game: string; readonly npc: string | null },
): boolean {
  return history.some((past) => past.status === 'completed' && past.game === game && past.npc === npc);
}
