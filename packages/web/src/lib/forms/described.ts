/** What is said of a field beside its name; each part empty where there is nothing to say. */
export interface Described {
  /** Of the field; its notes have theirs from it. */
  readonly id: string;
  /** Markdown. */
  readonly rest: string;
  readonly hint: string;
  readonly problem: string;
}

export const fieldId = (name: string): string => `answer-${name}`;

/** The ids of the notes of a field, for those who hear the page; nothing where there are none. */
export function notesOf({ id, rest, hint, problem }: Described): string | undefined {
  const ids = Object.entries({ rest, hint, problem })
    .filter(([, text]) => text !== '')
    .map(([note]) => `${id}-${note}`);
  return ids.length === 0 ? undefined : ids.join(' ');
}

/** For the attribute of that name: absent where nothing is wrong. */
export const invalid = ({ problem }: Described): 'true' | undefined => (problem === '' ? undefined : 'true');
