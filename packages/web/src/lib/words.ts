/* What the page says. One place, so that the same thing has the same name everywhere. */

export const PRODUCT = 'DCS';

const ENDINGS: Readonly<Record<string, string>> = {
  game_completed: 'You finished it.',
  player_exited: 'You finished it.',
  max_predictions_reached: 'All predictions are made.',
  user_close_button: 'You closed it.',
  user_exit_command: 'You left it.',
  ended_by_administrator: 'It was ended by those who run it.',
  validation_retry_exhausted: 'Too many actions were outside the rules.',
  session_ttl_expired: 'Nobody came back to it in time.',
  server_error: 'Something went wrong on our side.',
};

/** Why a session ended, for its player. Unknown reasons are shown as they are, readable. */
export function endingInWords(reason: string | null): string {
  if (reason === null || reason === '') return 'It is over.';
  if (Object.hasOwn(ENDINGS, reason)) return ENDINGS[reason] ?? '';
  if (reason.startsWith('stopping_condition_met:')) {
    if (/turn/i.test(reason)) return 'It reached its last turn.';
    if (/runtime|time/i.test(reason)) return 'Its time is up.';
    return 'It came to its planned end.';
  }
  const readable = reason.replaceAll(/[_:]+/g, ' ').trim();
  return `${readable.charAt(0).toUpperCase()}${readable.slice(1)}.`;
}

export type ShownStatus = 'active' | 'paused' | 'closed';

const STATUSES: Readonly<Record<ShownStatus, string>> = {
  active: 'In play',
  paused: 'Paused',
  closed: 'Ended',
};

export function statusInWords(status: ShownStatus): string {
  return STATUSES[status];
}

/** `1 turn`, `4 turns`. */
export function countOf(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
