import { leaf } from './traced.ts';
import type { Traced } from './traced.ts';

const WORD_BREAKS = /[^a-z0-9]+/;

function wordsOf(text: string): readonly string[] {
  return text
    .trim()
    .toLowerCase()
    .split(WORD_BREAKS)
    .filter((word) => word !== '');
}

/** `Usability Study` and `usability_study` as `usability-study`. */
export function hyphenated(text: string): string {
  return wordsOf(text).join('-');
}

/** `How sure?` as `how_sure`. */
export function underscored(text: string): string {
  return wordsOf(text).join('_');
}

/** `max_per_participant` as `maxPerParticipant`; what has no underscore stays. */
export function camelCased(key: string): string {
  return key.replaceAll(/(?<=[A-Za-z0-9])_+([a-z0-9])/g, (_match, letter: string) => letter.toUpperCase());
}

/** A text with another spelling; other values stay for the schema to judge. */
export function respelled(node: Traced, spell: (text: string) => string): Traced {
  if (node.kind !== 'leaf' || typeof node.value !== 'string') return node;
  // What has no words at all is not made into nothing: the author should see their own text in the complaint.
  return leaf(spell(node.value) || node.value, node.path);
}
