import type { CharacterSheet } from '../../characters/character.schema.ts';
import type { Scene } from '../scene.ts';
import {
  ACTS_OF_OTHERS,
  ACTS_OF_OTHERS_ALSO,
  FEATS,
  FORCED,
  HEARING,
  OUTCOMES_OF_THINGS,
  REASONS,
  SEEING,
  STATES_OF_OTHERS,
  TALKING,
} from './data/judgeRules.ts';
import { isOnlyInner } from './inner.ts';
import { referenceTo } from './grammar.ts';
import { perceiverOf } from './senses.ts';
import { PASS, reject } from './verdict.ts';
import type { ScriptedVerdict } from './verdict.ts';
import { formsOf, splitSpeech, wordsOf } from './words.ts';
import type { Utterance } from './words.ts';

const acts: ReadonlySet<string> = new Set([
  ...ACTS_OF_OTHERS.flatMap((verb) => formsOf(verb)),
  ...ACTS_OF_OTHERS_ALSO,
]);
const thirdPersonActs: ReadonlySet<string> = new Set([
  ...ACTS_OF_OTHERS.flatMap((verb) => formsOf(verb).filter((form) => form !== verb && !form.endsWith('ing'))),
  ...ACTS_OF_OTHERS_ALSO,
]);
const outcomes: ReadonlySet<string> = new Set(
  OUTCOMES_OF_THINGS.flatMap((verb) => formsOf(verb).filter((form) => !form.endsWith('ing'))),
);

const ADVERB = /^(?:\p{L}+ly|then|now|just|also|soon|finally|immediately|at|last|once)$/u;
const DETERMINER = /^(?:the|his|her|its|their|all|every|a|an)$/;
const PRONOUN_SINGULAR = /^(?:it|he|she|everyone|everybody|somebody|someone)$/;
/** `when it moves, ...` and `if she comes closer, ...` set a condition; `so it can see` a purpose. */
const CONDITION =
  /^(?:if|when|whenever|while|as|once|until|before|after|because|since|whether|so that|in case)\b/;
const OBSERVED =
  /^(?:looks?|seems?|appears?|sounds?|smells?|must|can|can't|cannot|could|may|might|would|should|does|doesn't|do|don't|did|didn't|isn't|aren't|has|have|had|will|won't|needs?|wants?|is|are|was|were|reminds?|keeps?)$/;

/** `while it eats` is what the player sees; `while it hands me the key` is what the player would like. */
const BETWEEN_CLAUSES =
  /,?\s+\b(?:and then|and|then|but|so|while(?=\s(?:\p{L}+\s){1,4}(?:to\s|for\s)?me\b))\b\s+|,\s+/u;

/** Clauses that make statements of their own: split where a new subject may begin. */
function clausesOf(narration: string): readonly string[] {
  return narration
    .split(/[.;!\n]+/)
    .flatMap((part) => (CONDITION.test(part.trim()) ? [part.split(',').slice(1).join(',')] : [part]))
    .flatMap((part) => part.split(BETWEEN_CLAUSES))
    .map((clause) => clause.trim())
    .filter((clause) => clause !== '');
}

function firstAct(words: readonly string[]): string | undefined {
  return words.find((word) => !ADVERB.test(word));
}

function isStatementAbout(clause: string, names: ReadonlySet<string>, isQuestion: boolean): boolean {
  const words = wordsOf(clause);
  const [first = '', ...after] = words;
  if (first === 'you' && !isQuestion) {
    const act = firstAct(after);
    return act !== undefined && !OBSERVED.test(act) && acts.has(act) && !act.endsWith('ing');
  }
  if (/^every(?:one|body)$/.test(first)) return after.slice(0, 5).some((word) => thirdPersonActs.has(word));
  if (PRONOUN_SINGULAR.test(first) || names.has(first)) return thirdPersonActs.has(firstAct(after) ?? '');
  if (first === 'they') return acts.has(firstAct(after) ?? '') && !OBSERVED.test(firstAct(after) ?? '');
  if (!DETERMINER.test(first)) return false;
  const named = after.findIndex((word) => names.has(word));
  if (named === 0) return thirdPersonActs.has(firstAct(after.slice(1)) ?? '');
  return after.slice(1, 4).some((word) => outcomes.has(word)) && first !== 'a' && first !== 'an';
}

interface Named {
  /** Words by which the simulated character may be called. */
  readonly names: ReadonlySet<string>;
  /** The same of the player's. */
  readonly own: ReadonlySet<string>;
}

function decidesForOthers(narration: string, { names, own }: Named): boolean {
  if (FORCED.test(narration)) return true;
  const isQuestion = narration.trim().endsWith('?');
  return clausesOf(narration).some((clause) => {
    if (/^(?:i|i'm|my)\b/.test(clause) || CONDITION.test(clause) || startsWithName(clause, own)) return false;
    const statesOther =
      /^(?:you|it|he|she|they|everyone|everybody)\b/.test(clause) || startsWithName(clause, names);
    if (statesOther && !isQuestion && STATES_OF_OTHERS.test(clause)) return true;
    return isStatementAbout(clause, names, isQuestion);
  });
}

function startsWithName(clause: string, names: ReadonlySet<string>): boolean {
  const [first = '', second = ''] = wordsOf(clause);
  return names.has(first) || (first === 'the' && names.has(second));
}

/** Words by which a character may be called. */
function namesOf(sheet: CharacterSheet): ReadonlySet<string> {
  const called = [referenceTo(sheet).name, sheet.hid].flatMap(wordsOf);
  return new Set(called.filter((word) => word !== 'the' && word.length > 1));
}

const PRETENDED =
  /\b(?:pretend|as if|as though|like a|imagine|dream|try to|tries to|attempt to|wish|want to)\b/;

function exceedsAbilities(narration: string, pc: CharacterSheet): boolean {
  if (PRETENDED.test(narration)) return false;
  const sheet = [pc.shortDescription, ...pc.abilities.filter((ability) => !/^cannot\b/i.test(ability))].join(
    '\n',
  );
  return FEATS.some(({ pattern, allowedBy }) => pattern.test(narration) && !allowedBy.test(sheet));
}

function exceedsSenses(narration: string, speech: string, pc: CharacterSheet): string | null {
  const { acuity } = perceiverOf(pc);
  const reads = /\bread\b/.test(narration) && acuity.text !== 'none';
  if (pc.senses !== undefined && acuity.vision === 'none' && SEEING.test(narration) && !reads)
    return REASONS.sight;
  if (pc.senses !== undefined && acuity.hearing === 'none' && HEARING.test(narration)) return REASONS.hearing;
  const mode = pc.manner?.speech;
  const isWordless = !pc.isHuman && (mode === 'signal' || mode === 'none');
  const isTalking = wordsOf(speech).length > 0 || (/\bi\b/.test(narration) && TALKING.test(narration));
  return isWordless && isTalking ? REASONS.voice : null;
}

interface Judged extends Utterance {
  readonly pc: CharacterSheet;
  readonly npc: CharacterSheet;
}

/** By the task that a judge is given. */
const RULES: Readonly<Record<string, (judged: Judged) => ScriptedVerdict>> = {
  action: ({ narration, speech }) => (isOnlyInner(narration, speech) ? reject(REASONS.action) : PASS),
  ability: ({ narration, speech, pc }) => {
    if (exceedsAbilities(narration, pc)) return reject(REASONS.ability);
    const beyondSenses = exceedsSenses(narration, speech, pc);
    return beyondSenses === null ? PASS : reject(beyondSenses);
  },
  authority: ({ narration, pc, npc }) => {
    const own = new Set([...namesOf(pc)].filter((word) => !namesOf(npc).has(word)));
    return decidesForOthers(narration, { names: namesOf(npc), own }) ? reject(REASONS.authority) : PASS;
  },
};

/** Judges an action by one plain rule, in favour of the player where in doubt; `null` if it does not know the rule. */
export function judgeAction(
  rule: string,
  { pc, npc }: Pick<Scene, 'pc' | 'npc'>,
  action: string,
): ScriptedVerdict | null {
  const judge = Object.hasOwn(RULES, rule) ? RULES[rule] : undefined;
  return judge?.({ ...splitSpeech(action.replaceAll('’', "'").toLowerCase()), pc, npc }) ?? null;
}
