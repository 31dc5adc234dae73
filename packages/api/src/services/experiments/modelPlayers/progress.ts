import type { VisibleEvent } from '@dcs/engine';

/* What has come of what was sent, told by the notices that a player reads. */

/** Where the game has gone on: somebody has answered, or the game has asked something. */
function isProgress({ kind, direction, data }: VisibleEvent): boolean {
  if (direction !== 'outbound') return false;
  return kind === 'message' || kind === 'action' || data?.['closing'] !== undefined;
}

const textIn = ({ data }: VisibleEvent, key: string): string => {
  const value = data?.[key];
  return typeof value === 'string' ? value : '';
};

/** Something was sent that did not bring the game on, and nobody but its sender could have done better. */
function isInVain(event: VisibleEvent): boolean {
  const { kind, direction } = event;
  if (direction !== 'outbound') return false;
  if (kind === 'command') return true;
  if (kind === 'info') return /^(?:input|command)\//.test(textIn(event, 'reason'));
  return kind === 'error' && ['player', 'character'].includes(textIn(event, 'fault'));
}

/** How often in a row something was sent in vain. */
export function triesInVain(events: readonly VisibleEvent[]): number {
  const since = events.findLastIndex(isProgress);
  return events.slice(since + 1).filter(isInVain).length;
}

/** What kept the last turn from being played that its player could not help; `null` when nothing did. */
export function faultOfOthers(events: readonly VisibleEvent[]): { reason: string; message: string } | null {
  const last = events.findLast(({ direction }) => direction === 'outbound');
  if (last === undefined || last.kind !== 'error') return null;
  if (!['provider', 'system'].includes(textIn(last, 'fault'))) return null;
  return { reason: textIn(last, 'reason'), message: last.content };
}
