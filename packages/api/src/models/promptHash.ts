import type { Prompt } from '@dcs/engine';
import { hash } from 'node:crypto';

/**
 * Names texts in their order: SHA-256 in hexadecimal. Each is preceded by its length, so that no two lists of texts are the same
 * when they are put together; as JSON they would be, at three times the cost.
 */
export const hashOfTexts = (texts: readonly string[]): string =>
  hash('sha256', texts.map((text) => `${text.length}:${text}`).join(''));

/** All that a model reads of a prompt, in order. */
export const textsOf = ({ system, messages }: Prompt): readonly string[] => [
  system,
  ...messages.flatMap(({ role, content }) => [role, content]),
];

export const hashOfPrompt = (prompt: Prompt): string => hashOfTexts(textsOf(prompt));
