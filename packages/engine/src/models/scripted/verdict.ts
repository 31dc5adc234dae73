export interface ScriptedVerdict {
  readonly pass: boolean;
  /** To the player, or to the writer of a reply; empty on a pass. Never quotes what is judged. */
  readonly reason: string;
}

export const PASS: ScriptedVerdict = { pass: true, reason: '' };
export const reject = (reason: string): ScriptedVerdict => ({ pass: false, reason });
