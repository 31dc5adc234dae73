import type { CharacterSheet } from '../../characters/character.schema.ts';
import type { ReactionMood } from '../../characters/manner.schema.ts';
import { randomStream } from '../../random.ts';
import type { RandomStream } from '../../random.ts';
import type { Scene } from '../scene.ts';
import { PLAIN_REACTIONS } from './data/phrases.ts';
import { plainText, referenceTo } from './grammar.ts';
import type { Reference } from './grammar.ts';
import { perceive } from './perceive.ts';
import type { Perception } from './perceive.ts';
import { perceiverOf } from './senses.ts';
import type { Perceiver } from './senses.ts';
import { perSheet } from '../perSheet.ts';
import { likesOf, matchesAny } from './sheetFacts.ts';
import { understand } from './understand.ts';
import type { Understanding } from './understand.ts';
import { offsetOf } from './variety.ts';
import { wordsOf, stem } from './words.ts';

/** Everything that a reply is made from. */
export interface Situation {
  readonly scene: Scene;
  /** Stems of the words by which the two characters are called. */
  readonly names: ReadonlySet<string>;
  readonly reference: Reference;
  readonly perceiver: Perceiver;
  readonly understanding: Understanding;
  readonly perception: Perception;
  readonly mood: ReactionMood;
  /** Places two characters differently in the same cycle of frames. */
  readonly offset: number;
  /** What was told lately, oldest first, in lower case. */
  readonly recent: readonly string[];
  readonly random: RandomStream;
}

/** Whether its replies take hours: then nothing happens `at once`. */
export function isSlow(sheet: CharacterSheet): boolean {
  const paces: readonly string[] = sheet.dimensions?.processingSpeed.value ?? [];
  return paces.length > 0 && !paces.some((pace) => ['μs', 'ms', 'seconds'].includes(pace));
}

const reactionsOf = perSheet((sheet): Readonly<Record<ReactionMood, readonly string[]>> => {
  const { notices, unaware, pleased, uneasy } = sheet.manner?.reactions ?? PLAIN_REACTIONS;
  const clauses = (list: readonly string[]): readonly string[] =>
    list.map((clause) => plainText(clause).replace(/[.;]+$/, ''));
  return {
    notices: clauses(notices),
    unaware: clauses(unaware),
    pleased: clauses(pleased),
    uneasy: clauses(uneasy),
  };
});

/** What one sees it do in a mood: clauses that follow its name. */
export const reactionsFor = (sheet: CharacterSheet, mood: ReactionMood): readonly string[] =>
  reactionsOf(sheet)[mood];

/** Stems of the words by which a character is called. */
const namesOf = perSheet((sheet): readonly string[] =>
  [referenceTo(sheet).name, sheet.hid, ...sheet.commonLabels].flatMap(wordsOf).map(stem),
);

function moodOf(sheet: CharacterSheet, understanding: Understanding, perception: Perception): ReactionMood {
  if (perception.kind !== 'perceived') return 'unaware';
  const about = [...new Set([...understanding.topics, ...understanding.cues])];
  const { pleasant, unpleasant } = likesOf(sheet);
  if (understanding.tone === 'hostile' || matchesAny(unpleasant, about)) return 'uneasy';
  if (matchesAny(pleasant, about)) return 'pleased';
  const isGift = understanding.intent === 'give' || understanding.intent === 'feed';
  const isUnderstood = perception.meaning === 'full' || sheet.isHuman;
  return understanding.tone === 'kind' && (isGift || isUnderstood) ? 'pleased' : 'notices';
}

/** Reads the scene's action as this character meets it. */
export function situationOf(scene: Scene, action: string, seed: string): Situation {
  const { npc, pc } = scene;
  const reference = referenceTo(npc);
  const names = new Set([...namesOf(npc), ...namesOf(pc)]);
  const understanding = understand(action, names);
  const perceiver = perceiverOf(npc);
  const perception = perceive(understanding, perceiver, npc.manner?.speech ?? 'spoken');
  return {
    scene,
    names,
    reference,
    perceiver,
    understanding,
    perception,
    mood: moodOf(npc, understanding, perception),
    offset: offsetOf(npc.hid),
    recent: scene.transcript
      .filter((line) => line.speaker === 'character')
      .map((line) => line.text.toLowerCase()),
    random: randomStream(`${seed}/scripted/${npc.hid}/${scene.turn}/${action}`),
  };
}
