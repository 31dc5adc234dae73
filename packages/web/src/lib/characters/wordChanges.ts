/** A stretch of a text, or an entry of a list, and what became of it. */
export interface ChangedPart {
  readonly kind: 'same' | 'removed' | 'added';
  readonly text: string;
}

/** More comparisons than this would be felt while typing; what is longer is told as one change. */
const MOST_COMPARISONS = 1_000_000;

interface Sides {
  readonly before: readonly string[];
  readonly after: readonly string[];
}

/** How one list of texts became another, with as much as possible the same. */
export function changedParts({ before, after }: Sides): readonly ChangedPart[] {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start += 1;
  let end = 0;
  while (end < shorter - start && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  return [
    ...before.slice(0, start).map((text) => ({ kind: 'same', text }) as const),
    ...middle({
      before: before.slice(start, before.length - end),
      after: after.slice(start, after.length - end),
    }),
    ...before.slice(before.length - end).map((text) => ({ kind: 'same', text }) as const),
  ];
}

/** By the longest common subsequence. */
function middle({ before, after }: Sides): readonly ChangedPart[] {
  const width = after.length + 1;
  if (before.length * after.length > MOST_COMPARISONS) return [...removed(before), ...added(after)];
  // What is the same from two places on, counted from the ends.
  const common = new Uint32Array((before.length + 1) * width);
  const at = (one: number, other: number): number => common[one * width + other] ?? 0;
  for (let one = before.length - 1; one >= 0; one -= 1) {
    for (let other = after.length - 1; other >= 0; other -= 1) {
      common[one * width + other] =
        before[one] === after[other]
          ? at(one + 1, other + 1) + 1
          : Math.max(at(one + 1, other), at(one, other + 1));
    }
  }
  const parts: ChangedPart[] = [];
  let one = 0;
  let other = 0;
  while (one < before.length && other < after.length) {
    if (before[one] === after[other]) {
      parts.push({ kind: 'same', text: before[one] ?? '' });
      one += 1;
      other += 1;
    } else if (at(one + 1, other) >= at(one, other + 1)) {
      parts.push({ kind: 'removed', text: before[one] ?? '' });
      one += 1;
    } else {
      parts.push({ kind: 'added', text: after[other] ?? '' });
      other += 1;
    }
  }
  return [...parts, ...removed(before.slice(one)), ...added(after.slice(other))];
}

const removed = (texts: readonly string[]): ChangedPart[] => texts.map((text) => ({ kind: 'removed', text }));
const added = (texts: readonly string[]): ChangedPart[] => texts.map((text) => ({ kind: 'added', text }));

const wordsOf = (text: string): readonly string[] => text.match(/\s+|[^\s]+/g) ?? [];

/** A text word by word. Changes with nothing but space between them are told as one: what was there, and what is. */
export function changedWords(before: string, after: string): readonly ChangedPart[] {
  const parts = changedParts({ before: wordsOf(before), after: wordsOf(after) });
  const told: ChangedPart[] = [];
  let removed = '';
  let added = '';
  const tell = (kind: ChangedPart['kind'], text: string): void => {
    const last = told.at(-1);
    if (text === '') return;
    if (last?.kind === kind) told[told.length - 1] = { kind, text: last.text + text };
    else told.push({ kind, text });
  };
  for (const [index, { kind, text }] of parts.entries()) {
    const isBetween = text.trim() === '' && removed + added !== '' && parts[index + 1]?.kind !== 'same';
    const isCommon = kind === 'same' && (!isBetween || index === parts.length - 1);
    if (isCommon) {
      tell('removed', removed);
      tell('added', added);
      tell('same', text);
      removed = '';
      added = '';
    } else {
      if (kind !== 'added') removed += text;
      if (kind !== 'removed') added += text;
    }
  }
  tell('removed', removed);
  tell('added', added);
  return told;
}
