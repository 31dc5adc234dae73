import { z } from 'zod';
import { ModelFailure } from '../../models/languageModel.ts';

/** What a judge says of a player's action. */
export type Verdict = { readonly pass: true } | { readonly pass: false; readonly reason: string };

const LONGEST_REASON = 400;
const FALLBACK_REASON = 'This action does not fit the rules of play. Say what your character does or says.';

const verdictSchema = z.object({ pass: z.boolean(), reason: z.string().max(4000).optional() });

/** Models like to fence their JSON. */
function unfenced(text: string): string {
  return text
    .trim()
    .replace(/^```(?:json)?\s*/i, '')
    .replace(/\s*```$/, '');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(unfenced(text));
  } catch (cause) {
    throw new ModelFailure('model/refused', 'The judge did not answer in JSON.', { cause });
  }
}

/**
 * Fails closed, and on the model: what is not exactly a verdict lets no action pass, and is never held
 * against the player. Throws `ModelFailure`.
 */
export function readVerdict(text: string): Verdict {
  const result = verdictSchema.safeParse(parsed(text));
  if (!result.success) {
    throw new ModelFailure('model/refused', "The judge's answer is not a verdict.", { cause: result.error });
  }
  if (result.data.pass) return { pass: true };
  const reason = (result.data.reason ?? '').trim().slice(0, LONGEST_REASON).toWellFormed();
  return { pass: false, reason: reason === '' ? FALLBACK_REASON : reason };
}
