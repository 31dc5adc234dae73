/** How far a reader is behind, for those who write to it. */
export interface Backpressure {
  /** Whether the reader keeps up. */
  readonly hasRoom: boolean;
  /**
   * Resolves with `true` once the reader has taken enough of what was sent to it, at once if it keeps up; with `false`
   * when it stayed behind for too long, or went away.
   */
  ready(): Promise<boolean>;
}
