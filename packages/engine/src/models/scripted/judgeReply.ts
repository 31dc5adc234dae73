import type { Scene } from '../scene.ts';
import {
  CHARACTER_FEATS,
  GUESSED,
  INNER_LIFE,
  OUT_OF_FICTION,
  OUT_OF_REACH,
  PLAYER_DECIDED,
  PLAYER_QUOTED,
  REPLY_REASONS,
} from './data/replyRules.ts';
import { PASS, reject } from './verdict.ts';
import type { ScriptedVerdict } from './verdict.ts';
import { splitSpeech, stem, wordsOf } from './words.ts';

interface JudgedReply {
  readonly scene: Scene;
  /** In lower case, without what is said in quotation marks. */
  readonly narration: string;
  readonly reply: string;
}

/** Retelling what the action itself said decides nothing for the player. */
function decidesForPlayer({ scene, narration, reply }: JudgedReply): boolean {
  if (PLAYER_QUOTED.test(reply.toLowerCase())) return true;
  const said = new Set(wordsOf(scene.action ?? '').map(stem));
  return [...narration.matchAll(PLAYER_DECIDED)].some(([, act = '']) => !said.has(stem(act)));
}

/** A guess at what goes on inside is no statement about it. */
function tellsInnerLife({ narration }: JudgedReply): boolean {
  return narration.split(/[.!?;]/).some((sentence) => INNER_LIFE.test(sentence) && !GUESSED.test(sentence));
}

function exceedsAbilities({ scene: { npc }, narration }: JudgedReply): boolean {
  const sheet = [npc.shortDescription, npc.longDescription, ...npc.abilities].join('\n');
  return CHARACTER_FEATS.some(({ pattern, allowedBy }) => pattern.test(narration) && !allowedBy.test(sheet));
}

/** Whether a reply breaks a rule, by the task that a judge is given. */
const BREACHES: Readonly<Record<keyof typeof REPLY_REASONS, (judged: JudgedReply) => boolean>> = {
  characterAction: tellsInnerLife,
  characterAbility: exceedsAbilities,
  perception: ({ narration }) => OUT_OF_REACH.test(narration),
  adjudication: ({ reply }) => wordsOf(reply).length === 0,
  playerAuthority: decidesForPlayer,
  alignment: ({ reply }) => OUT_OF_FICTION.test(reply.toLowerCase()),
};

const isRule = (rule: string): rule is keyof typeof REPLY_REASONS => Object.hasOwn(BREACHES, rule);

/** Judges a reply by one plain rule, in its favour where in doubt; `null` if it does not know the rule. */
export function judgeReply(rule: string, scene: Scene, reply: string): ScriptedVerdict | null {
  if (!isRule(rule)) return null;
  const { narration } = splitSpeech(reply.replaceAll('’', "'").toLowerCase());
  return BREACHES[rule]({ scene, narration, reply }) ? reject(REPLY_REASONS[rule]) : PASS;
}
