import { CONJUNCTIONS, IDLE, MISSED, PERCEIVED, PERCEIVED_SLOWLY } from './data/frames.ts';
import type { Core, MeetingPool } from './data/frames.ts';
import { NO_REACTION, SENSE_VERB_FALLBACK, SENSE_VERBS, STILLNESS, UNCHANGED } from './data/phrases.ts';
import { causeOf } from './cause.ts';
import type { Cause } from './cause.ts';
import { sentence } from './grammar.ts';
import { reactionFor } from './reaction.ts';
import { retell } from './retelling.ts';
import type { Retelling } from './retelling.ts';
import { isSlow } from './situation.ts';
import type { Situation } from './situation.ts';
import { fill } from './template.ts';
import type { Understanding } from './understand.ts';
import { coreAt, frameAt, isTold } from './variety.ts';

/** What the player does instead of acting, behind `you`. */
function doingOf({ meanings, verb }: Understanding, retelling: Retelling | null): string {
  if (retelling?.isClause === true && retelling.text.startsWith('you ')) return retelling.text.slice(4);
  if (meanings.some(({ intent }) => intent === 'wait')) return 'wait';
  return verb === 'listen' ? 'listen' : 'look on';
}

/** What was done a moment ago need not be told back once more. */
function retellingOf({ scene, understanding }: Situation, action: string): Retelling | null {
  const isRepeated = scene.transcript.some((line) => line.speaker === 'player' && line.text === action);
  return isRepeated ? null : retell(action, understanding);
}

/** The player waits: the character goes on with its own. */
function idling(situation: Situation, action: string, clause: string): string {
  const { scene, reference, offset, understanding } = situation;
  const texts = { clause, doing: doingOf(understanding, retellingOf(situation, action)) };
  return sentence(fill(frameAt(IDLE, scene.turn, offset), { reference, texts }));
}

interface Means {
  readonly retelling: Retelling | null;
  readonly cause: Cause | null;
}

/** The first of a core's ways for which there are means. */
function wordingOf(core: Core | undefined, { retelling, cause }: Means): string {
  for (const way of core?.ways ?? []) {
    const isPossible =
      way === 'caused' ? cause !== null : retelling !== null && (way === 'told' || retelling.isClause);
    const wording = core?.[way];
    if (isPossible && wording !== undefined) return wording;
  }
  return core?.plain ?? '{tempo} {name} {clause}';
}

/** The lead is left out while that cannot repeat a sentence: as long as all that was told is in sight. */
function isPlainlyTold({ scene, recent, perception }: Situation, clause: string): boolean {
  return perception.kind === 'perceived' && recent.length >= scene.turn - 1 && !isTold(clause, recent);
}

function poolFor({ scene, perception }: Situation): MeetingPool {
  if (perception.kind !== 'perceived') return MISSED;
  return isSlow(scene.npc) ? PERCEIVED_SLOWLY : PERCEIVED;
}

function meeting(situation: Situation, action: string, clause: string): string {
  const { scene, reference, perception, offset, understanding } = situation;
  const pool = poolFor(situation);
  const { lead, core } = coreAt(pool, scene.turn, offset);
  const retelling = retellingOf(situation, action);
  const cause = causeOf(situation);
  const channel = perception.kind === 'nothing' ? 'vision' : perception.channel;
  const tempo = pool.leads[lead] ?? '';
  const texts = {
    clause,
    tempo,
    delay: tempo,
    conjunction: CONJUNCTIONS[lead] ?? 'as',
    sense: SENSE_VERBS[channel] ?? SENSE_VERB_FALLBACK,
    sensed: understanding.speech === null ? 'it' : 'you',
    unchanged: UNCHANGED[understanding.intent] ?? UNCHANGED.act,
    stillness: isSlow(scene.npc) ? STILLNESS.slow : STILLNESS.quick,
    ...(retelling === null ? {} : { you: retelling.text }),
  };
  const wording = wordingOf(core, { retelling, cause });
  const shortened = isPlainlyTold(situation, clause) ? wording.replace(/,? ?\{tempo\},?/, '') : wording;
  const slots = { reference, texts, ...(cause === null ? {} : { cause }) };
  return shortened
    .split('. ')
    .map((part) => sentence(fill(part, slots)))
    .join(' ');
}

/** How the character meets the action: what one sees of it, and before that, where it helps, what the player does. */
export function firstSentence(situation: Situation, action: string): string {
  const clause = reactionFor(situation) ?? NO_REACTION;
  return situation.perception.kind === 'nothing'
    ? idling(situation, action, clause)
    : meeting(situation, action, clause);
}
