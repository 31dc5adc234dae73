/** What one game adds, in words, to what the models of a role are told. */
export interface Guidance {
  readonly updater?: string;
  /** For all who judge actions. */
  readonly playerJudge?: string;
  /** For all who judge replies. */
  readonly simulatorJudge?: string;
}

/** Of a game that adds nothing. */
export const NO_GUIDANCE: Guidance = {};

/** A section of a system prompt, or nothing. */
export const guidanceText = (text: string | undefined): string =>
  text === undefined ? '' : `# In this game\n\n${text}`;
