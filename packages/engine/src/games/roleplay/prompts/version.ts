/** Recorded with every reply. Raise it with any change of wording in this folder. */
export const PROMPT_VERSION = 'roleplay-1';
