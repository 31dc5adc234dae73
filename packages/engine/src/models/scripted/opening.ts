import type { CharacterSheet, Scenario } from '../../characters/character.schema.ts';
import { randomStream } from '../../random.ts';
import type { RandomStream } from '../../random.ts';
import type { Scene } from '../scene.ts';
import { ARRIVALS, AT_WORK, PLACES } from './data/openings.ts';
import { plainText, referenceTo, sentence, wordCount } from './grammar.ts';
import type { Reference } from './grammar.ts';
import { overlap, stemsOf, toldGoals } from './sheetFacts.ts';
import { reactionsFor } from './situation.ts';
import { fill } from './template.ts';

const MOST_WORDS_OF_PLACE = 45;

/** The first sentences of a description, as many as fit. */
function beginningOf(description: string): string {
  const sentences = plainText(description).match(/[^.!?]+[.!?]*/g) ?? [];
  let text = '';
  for (const next of sentences) {
    if (text !== '' && wordCount(text) + wordCount(next) > MOST_WORDS_OF_PLACE) break;
    text = `${text} ${next}`.trim();
  }
  return wordCount(text) > MOST_WORDS_OF_PLACE * 2 ? '' : text;
}

/** Reactions speak of a place, too (`behind the glass`): the scenario should be one in which they make sense. */
function scenariosInTune(sheet: CharacterSheet): readonly Scenario[] {
  const [first] = sheet.scenarios;
  const spoken = stemsOf(reactionsFor(sheet, 'unaware').join(' '));
  const inTune = sheet.scenarios.filter(({ description }) => overlap(spoken, [...stemsOf(description)]) > 0);
  return inTune.length > 0 || first === undefined ? inTune : [first];
}

function placeOf(scene: Scene, reference: Reference, random: RandomStream): string {
  const scenario = random.pick(scenariosInTune(scene.npc));
  const described = scenario === undefined ? '' : beginningOf(scenario.description);
  if (described !== '') return sentence(described);
  const goal = random.pick(toldGoals(scene))?.text;
  const place = sentence(random.pick(PLACES) ?? '');
  if (goal === undefined) return place;
  const work = fill(random.pick(AT_WORK) ?? '', { reference, texts: { goal } });
  return `${place} ${sentence(work)}`;
}

/** Sets the scene: a place of the character's, what it is doing there, and that the player's character is near. */
export function composeOpening(scene: Scene, seed: string): string {
  const random = randomStream(`${seed}/scripted/opening/${scene.npc.hid}/${scene.pc.hid}`);
  const reference = referenceTo(scene.npc);
  const place = placeOf(scene, reference, random);
  const clause = random.pick(reactionsFor(scene.npc, 'unaware')) ?? 'is here';
  const arrival = fill(random.pick(ARRIVALS) ?? '', { reference, texts: { pc: referenceTo(scene.pc).name } });
  return [place, sentence(`${reference.name} ${clause}`), sentence(arrival)].join(' ');
}
