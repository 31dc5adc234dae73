/** Recorded with every score. Raise it with any change of wording in `prompts`, or of how a score is computed. */
export const SCORING_VERSION = 'scoring-2';
