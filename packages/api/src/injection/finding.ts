/** Something that an attack has brought about and must not. */
export interface Finding {
  /**
   * `state`: the session changed in a way that is no ordinary turn. `prompt`: a text got out of its place in a prompt. `leak`: the
   * player was told what is hidden. `obeyed`: a model said what the attack wanted. `verdict`: a judge or scorer was bought.
   */
  readonly kind: 'state' | 'prompt' | 'leak' | 'obeyed' | 'verdict';
  /** What happened, for people. May quote what was said. */
  readonly message: string;
}

/** Findings that the program alone has to prevent, whatever a model says. */
export const isOfProgram = ({ kind }: Finding): boolean => kind === 'state' || kind === 'prompt';
