import type { Intent } from './intents.ts';

export interface Presupposition {
  /** In a clause that tells a reaction. */
  readonly pattern: RegExp;
  /** Acts that make it true. */
  readonly by: readonly Intent[];
}

const THINGS: readonly Intent[] = ['give', 'feed', 'show', 'touch', 'play', 'write', 'handle', 'light'];
const WORDS: readonly Intent[] = ['ask', 'speak', 'greet', 'thank', 'help'];
const SOUNDS: readonly Intent[] = [...WORDS, 'sound', 'thump'];

/** What some reactions take for granted. */
export const PRESUPPOSED: readonly Presupposition[] = [
  { pattern: /\b(?:the prize|around it|over to it|tastes it|takes it|caught|silver)\b/, by: THINGS },
  { pattern: /\b(?:voice|mouth|the name|question|meant by|readings|the word|offered word|the answer|phrase)\b/, by: WORDS },
  { pattern: /\b(?:sound has|thing it heard|near ear|better ear|died away)\b/, by: SOUNDS },
  { pattern: /\bin greeting\b/, by: ['greet', 'gesture', 'speak', 'ask', 'approach'] },
  { pattern: /\b(?:signs it|the sign again)\b/, by: [...WORDS, 'gesture', 'show'] },
];
