import { readMarkdown } from '#lib/markdown.ts';
import type { Inline } from '#lib/markdown.ts';

/** A prompt as a field shows it: its beginning is the name of the field, the rest explains it. */
export interface PromptParts {
  readonly name: readonly Inline[];
  /** Markdown; empty when there is nothing more. */
  readonly rest: string;
}

/**
 * The name is the first paragraph, however it is wrapped; where that is more than words, the first line. A label holds
 * words and nothing else: whatever its line was meant to be, it is shown as words.
 */
export function promptParts(prompt: string): PromptParts {
  const text = prompt.trim();
  return begun(text, /\n\s*\n/) ?? begun(text, /\n/) ?? begun(text, /$/) ?? asWords(text);
}

function begun(text: string, end: RegExp): PromptParts | null {
  const at = text.search(end);
  const first = at === -1 ? text : text.slice(0, at);
  const [block, ...more] = readMarkdown(first, { keepsLines: false });
  if (more.length > 0 || (block?.type !== 'paragraph' && block?.type !== 'heading')) return null;
  return { name: block.inside, rest: text.slice(first.length).trim() };
}

function asWords(text: string): PromptParts {
  const [first = '', ...others] = text.split('\n');
  return { name: [{ type: 'text', text: first }], rest: others.join('\n').trim() };
}

/** The words alone. */
export function plainWords(parts: readonly Inline[]): string {
  return parts
    .map((part) => {
      if (part.type === 'text' || part.type === 'code') return part.text;
      return part.type === 'break' ? ' ' : plainWords(part.inside);
    })
    .join('');
}
