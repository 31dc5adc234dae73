/*
 * Why a session ended. Games and the engine state a reason in words; the log and reports hold its
 * normal form, so that every spelling of one reason counts as one.
 */

const ALIASES: Readonly<Record<string, string>> = {
  received_close_request: 'user_close_button',
  received_exit_command: 'user_exit_command',
  game_complete: 'game_completed',
  player_finished: 'game_completed',
  retry_budget_exhausted: 'validation_retry_exhausted',
  internal_server_error: 'server_error',
};

/** `Received close request` -> `user_close_button`; what is unknown is only lower-cased and joined by `_`. */
export function normaliseTermination(text: string): string {
  const normal = text.trim().toLowerCase().replaceAll(/\s+/g, '_');
  if (normal.includes('ttl')) return 'session_ttl_expired';
  return Object.hasOwn(ALIASES, normal) ? (ALIASES[normal] ?? normal) : normal;
}

/** Whether the reason counts as having played the game to an end, rather than having been interrupted. */
export function isCompletion(reason: string): boolean {
  const normal = normaliseTermination(reason);
  return (
    normal === 'game_completed' ||
    normal === 'max_predictions_reached' ||
    normal === 'player_exited' ||
    normal.startsWith('stopping_condition_met:')
  );
}
