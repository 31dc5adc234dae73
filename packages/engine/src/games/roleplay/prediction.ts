/*
 * A prediction stands beside the action: on a line of its own (`predict: it comes closer`), or as a sentence that begins like
 * one (`I predict that it comes closer.`). What is said aloud, in quotation marks, is part of the action.
 */

/** A text taken apart. */
export interface PredictedAction {
  /** What the player's character does; empty if the text only predicts. */
  readonly action: string;
  /** What the other one is expected to do; `null` if the text predicts nothing. */
  readonly prediction: string | null;
}

const LINE = /^(?:\/?predict(?:ion)?|i predict|my prediction)\s*:\s*(\S.*)$/i;

/** Predicting, as a sentence begins that does; what is predicted follows. */
const SENTENCE =
  /^(?:(?:and|then|so)\s+)?(?:i (?:predict|foresee|anticipate|expect)|i(?:'|’)m predicting|my prediction is)(?:\s+that)?[\s,:]+(\S.*)$/is;

const QUOTED = /"[^"]*(?:"|$)|“[^”]*(?:”|$)|«[^»]*(?:»|$)/g;
const ENDS = /[.!?…]+(?=\s|$)|\n+/g;

/** Sentences with the white space behind them; a mark inside quotation marks ends none. */
function sentencesOf(text: string): readonly string[] {
  const masked = text.replaceAll(QUOTED, (quoted) => '_'.repeat(quoted.length));
  const ends = [...masked.matchAll(ENDS)].map((match) => match.index + match[0].length);
  const places = [0, ...ends, text.length];
  return places.slice(1).map((end, index) => text.slice(places[index], end));
}

const tidy = (parts: readonly string[]): string =>
  parts
    .join(' ')
    .replaceAll(/[ \t]+/g, ' ')
    .trim();

/** Splits texts into those that a pattern does not know and what it finds in the others. */
function sorted(
  parts: readonly string[],
  pattern: RegExp,
): { readonly others: string[]; readonly found: string[] } {
  const others: string[] = [];
  const found: string[] = [];
  for (const part of parts) {
    const predicted = pattern.exec(part.trim())?.[1];
    if (predicted === undefined) others.push(part);
    else found.push(predicted);
  }
  return { others, found };
}

/** Reads a player's text. A text without a prediction is the action as it stands. */
export function readPrediction(text: string): PredictedAction {
  const lines = sorted(text.split('\n'), LINE);
  const sentences = sorted(sentencesOf(lines.others.join('\n')), SENTENCE);
  const predicted = [...lines.found, ...sentences.found];
  if (predicted.length === 0) return { action: text, prediction: null };
  return { action: tidy(sentences.others), prediction: tidy(predicted) };
}
