import { GOAL, MEMORY, SENSES } from './data/frames.ts';
import type { FramePool } from './data/frames.ts';
import { CHANNEL_NAMES, LIQUIDS, PUT_DOWN, SENSE_NAMES } from './data/phrases.ts';
import { enumerated, sentence } from './grammar.ts';
import { overlap, toldGoals } from './sheetFacts.ts';
import type { SheetPhrase } from './sheetFacts.ts';
import { reactionsFor } from './situation.ts';
import type { Situation } from './situation.ts';
import { speechSentence } from './speech.ts';
import { fill } from './template.ts';
import { understand } from './understand.ts';
import { frameAt, freshest, isTold } from './variety.ts';
import { wordsOf } from './words.ts';

/*
 * What stands behind the reaction: something said, a goal, a sense, a thing from before. Each function yields `null` when
 * the sheet or the past gives nothing for it. What is said apart, all of it is rare: a guess that stands behind every
 * reaction soon reads like a label.
 */

type Composer = (situation: Situation) => string | null;

function framed(situation: Situation, pool: FramePool, texts: Readonly<Record<string, string>>): string {
  const { scene, offset, reference } = situation;
  return sentence(fill(frameAt(pool, scene.turn, offset), { reference, texts }));
}

/** The phrase that fits the action best, among those not told lately. */
function fitting(
  phrases: readonly SheetPhrase[],
  { understanding, perception, recent, random }: Situation,
): string | undefined {
  const fit = (phrase: SheetPhrase): number => overlap(phrase.stems, understanding.topics);
  const untold = phrases.filter(({ text }) => !isTold(text, recent));
  const best = Math.max(0, ...untold.map(fit));
  // What answers the player may well contradict a goal picked by chance.
  if (best === 0 && perception.kind === 'perceived') return undefined;
  const texts = untold.filter((phrase) => fit(phrase) === best).map(({ text }) => text);
  return freshest(texts, recent, random);
}

const goal: Composer = (situation) => {
  const text = fitting(toldGoals(situation.scene), situation);
  return text === undefined ? null : framed(situation, GOAL, { goal: text });
};

const senses: Composer = (situation) => {
  const { acuity, extra } = situation.perceiver;
  const keen = [
    ...Object.entries(acuity).flatMap(([channel, level]) =>
      level === 'keen' ? [CHANNEL_NAMES[channel] ?? channel] : [],
    ),
    ...extra.flatMap((sense) =>
      sense.acuity === 'keen' ? [SENSE_NAMES[sense.name] ?? sense.name.replaceAll('-', ' ')] : [],
    ),
  ].filter((name) => name !== 'balance' && name !== 'writing');
  const chosen = situation.random.shuffle(keen).slice(0, 2);
  return chosen.length === 0 ? null : framed(situation, SENSES, { senses: enumerated(chosen) });
};

const nounOf = (object: string): string => object.split(' ').at(-1) ?? object;

/** One thing that was put down: of several, `the crumbs`, the frames cannot speak. */
function putDown(text: string, names: ReadonlySet<string>): string | null {
  const { object } = understand(text, names);
  if (object === null) return null;
  const noun = nounOf(object);
  const isSeveral = noun.endsWith('s') && !noun.endsWith('ss');
  const isWorn = /\bon\P{L}*$/u.test(text);
  if (isSeveral || isWorn || LIQUIDS.test(noun)) return null;
  return new RegExp(`${PUT_DOWN}${noun}\\b`, 'iu').test(text) ? object : null;
}

/** A thing that nobody is known to have touched since the player put it down. */
const memory: Composer = (situation) => {
  const { scene, understanding, names } = situation;
  const pleased = reactionsFor(scene.npc, 'pleased');
  for (const [place, line] of scene.transcript.entries()) {
    if (line.speaker !== 'player') continue;
    const object = putDown(line.text, names);
    if (object === null || object === understanding.object) continue;
    const noun = nounOf(object);
    const isTouched = scene.transcript
      .slice(place + 1)
      .some(({ speaker, text }) =>
        speaker === 'player'
          ? wordsOf(text).includes(noun)
          : isTold(`the ${object}`, [text.toLowerCase()]) ||
            pleased.some((clause) => isTold(clause, [text.toLowerCase()])),
      );
    if (!isTouched) return framed(situation, MEMORY, { object });
  }
  return null;
};

const QUIET: readonly Composer[] = [];

/** What is tried, in this order; an empty list is the choice to say no more. */
function order({ scene, perception, mood, understanding, offset, random }: Situation): readonly Composer[] {
  const chance = random.integer(1, 100);
  const mayGuess = (scene.turn + offset) % 2 === 0 && chance <= 40;
  if (perception.kind === 'perceived') {
    if (mood === 'uneasy' && understanding.speech === null) return QUIET;
    if (perception.meaning === 'full') return [speechSentence];
    if (perception.meaning === 'partial' && chance <= 40) return [speechSentence];
    if (scene.npc.isHuman) return chance <= 35 ? [speechSentence] : QUIET;
    return mayGuess ? [memory, goal] : QUIET;
  }
  if (!mayGuess) return QUIET;
  return perception.kind === 'missed' && chance <= 15 ? [senses] : [memory, goal];
}

/** The second sentence of a reply, or `null` if the first says enough. */
export function secondSentence(situation: Situation): string | null {
  for (const compose of order(situation)) {
    const text = compose(situation);
    if (text !== null) return text;
  }
  return null;
}
