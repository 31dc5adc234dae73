/** Recorded with every answer. Raise it with any change of wording in this folder. */
export const PLAYER_PROMPT_VERSION = 'player-1';
