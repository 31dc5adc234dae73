/** Recorded with every answer. Raise it with any change of wording in this folder. */
export const PROMPT_VERSION = 'roleplay-4';
