import { ABILITY, GOAL, MEMORY, SENSES } from './data/frames.ts';
import type { FramePool } from './data/frames.ts';
import { CHANNEL_NAMES, SENSE_NAMES } from './data/phrases.ts';
import { enumerated, sentence } from './grammar.ts';
import { abilitiesOf, goalsOf, overlap } from './sheetFacts.ts';
import type { SheetPhrase } from './sheetFacts.ts';
import type { Situation } from './situation.ts';
import { speechSentence } from './speech.ts';
import { fill } from './template.ts';
import { understand } from './understand.ts';
import { frameAt, freshest, isTold } from './variety.ts';

/*
 * What stands behind the reaction: something said, a goal, an ability, a sense, a thing from before. Each function yields
 * `null` when the sheet or the past gives nothing for it.
 */

type Composer = (situation: Situation) => string | null;

function framed(situation: Situation, pool: FramePool, texts: Readonly<Record<string, string>>): string {
  const { scene, offset, reference } = situation;
  return sentence(fill(frameAt(pool, scene.turn, offset), { reference, texts }));
}

/** The phrase that fits the action best, among those not told lately. */
function fitting(
  phrases: readonly SheetPhrase[],
  { understanding, recent, random }: Situation,
): string | undefined {
  const fit = (phrase: SheetPhrase): number => overlap(phrase.stems, understanding.topics);
  const best = Math.max(0, ...phrases.map(fit));
  const candidates = best === 0 ? phrases : phrases.filter((phrase) => fit(phrase) === best);
  const texts = candidates.map((candidate) => candidate.text);
  const fresh = freshest(texts, recent, random);
  if (fresh === undefined || !isTold(fresh, recent)) return fresh;
  return best === 0
    ? undefined
    : freshest(
        phrases.map((candidate) => candidate.text),
        recent,
        random,
      );
}

const goal: Composer = (situation) => {
  const text = fitting(goalsOf(situation.scene.npc), situation);
  return text === undefined ? null : framed(situation, GOAL, { goal: text });
};

const ability: Composer = (situation) => {
  const text = fitting(abilitiesOf(situation.scene.npc), situation);
  return text === undefined ? null : framed(situation, ABILITY, { ability: text });
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

const memory: Composer = (situation) => {
  const { scene, understanding, names, random } = situation;
  const acts = scene.transcript.filter((line) => line.speaker === 'player').map((line) => line.text);
  for (const act of random.shuffle(acts)) {
    const { object } = understand(act, names);
    if (object !== null && object !== understanding.object) return framed(situation, MEMORY, { object });
  }
  return null;
};

/** What is tried, in this order; an empty list is the choice to say no more. */
function order({ scene, perception, understanding, random }: Situation): readonly Composer[] {
  const chance = random.integer(1, 100);
  if (perception.kind !== 'perceived') {
    if (perception.kind === 'missed' && chance <= 30) return [senses];
    return chance <= 55 ? [memory, goal] : chance <= 70 ? [goal] : [];
  }
  if (perception.meaning === 'full') return [speechSentence, goal];
  if (perception.meaning === 'partial' && chance <= 40) return [speechSentence, goal];
  if (scene.npc.isHuman) return chance <= 45 ? [speechSentence] : [];
  if (chance <= 20) return [ability];
  if (chance <= 45) return [goal, ability];
  return chance <= 60 && understanding.object === null ? [memory] : [];
}

/** The second sentence of a reply, or `null` if the first says enough. */
export function secondSentence(situation: Situation): string | null {
  for (const compose of order(situation)) {
    const text = compose(situation);
    if (text !== null) return text;
  }
  return null;
}
