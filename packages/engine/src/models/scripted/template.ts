import { conjugate } from './grammar.ts';
import type { Reference } from './grammar.ts';

/*
 * Templates are sentences with slots. `{name}`, `{subject}` and others stand for text; `{name:reach}` and `{cause:reach}`
 * are the verb in the number of the character or of the cause.
 */

export interface Slots {
  readonly reference: Reference;
  readonly cause?: { readonly text: string; readonly plural: boolean };
  /** Any further slots by name. */
  readonly texts?: Readonly<Record<string, string>>;
}

const SLOT = /\{(\w+)(?::([\w-]+))?\}/g;

function textFor(slot: string, { reference, cause, texts }: Slots): string | undefined {
  if (slot === 'name') return reference.name;
  if (slot === 'subject') return reference.subject;
  if (slot === 'cause') return cause?.text;
  return texts?.[slot];
}

/** Throws if the template has a slot that is not given: a fault in the vocabulary, which its tests find. */
export function fill(template: string, slots: Slots): string {
  return template.replaceAll(SLOT, (whole, slot: string, verb: string | undefined) => {
    if (verb !== undefined) {
      const plural = slot === 'cause' ? (slots.cause?.plural ?? false) : slots.reference.plural;
      const base = verb.toUpperCase() === verb ? slots.texts?.[verb.toLowerCase()] : verb;
      if (base !== undefined) return conjugate(base, plural);
    }
    const text = textFor(slot, slots);
    if (text === undefined) throw new Error(`Nothing to put into ${whole} of "${template}".`);
    return text;
  });
}
