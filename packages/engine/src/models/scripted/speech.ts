import { SPEECH } from './data/frames.ts';
import { PLAIN_LINES, TOPIC_LINES, VOICE_VERBS } from './data/phrases.ts';
import { sentence } from './grammar.ts';
import { isPersonless, overlap, sayingsOf, toldAbilities, toldGoals } from './sheetFacts.ts';
import type { Situation } from './situation.ts';
import { fill } from './template.ts';
import { frameAt, isTold } from './variety.ts';

const ABOUT_ABILITY =
  /\b(?:can (?:you|it|she|he|they)|(?:you|it|she|he|they) can|able to|what do you do|do you know how|how do you|abilit(?:y|ies))\b/;
const ABOUT_GOAL =
  /\b(?:want|wish|hope|plan|goal|looking for|trying|need|why are you|what are you doing|after|up to)\b/;

interface Line {
  readonly text: string;
  readonly fit: number;
}

/** Whether anything was said that it understood; else there is nothing to answer. */
const isAddressed = ({ perception }: Situation): boolean =>
  perception.kind === 'perceived' && (perception.meaning === 'full' || perception.meaning === 'partial');

/** What its sheet gives it to say; a higher `fit` answers the player's words better. */
function ownLines(situation: Situation): readonly Line[] {
  const { scene, understanding } = situation;
  const topics = isAddressed(situation) ? understanding.topics : [];
  const asked = isAddressed(situation) ? understanding.asked : '';
  const fitOf = (stems: ReadonlySet<string>): number => overlap(stems, topics) * 2;
  const sayings = sayingsOf(scene.npc).map(({ text, stems }) => ({ text, fit: 1 + fitOf(stems) }));
  // Wants are answers, and skills only to a question about them; out of the blue they would sound like a label being read out.
  if (!isAddressed(situation)) return sayings;
  const goals = toldGoals(scene)
    .filter(({ text }) => isPersonless(text))
    .map(({ text, stems }) => ({
      text: `I want to ${text}.`,
      fit: fitOf(stems) + (ABOUT_GOAL.test(asked) ? 3 : 0),
    }));
  const abilities = toldAbilities(scene)
    .filter(({ text }) => isPersonless(text))
    .map(({ text, stems }) => ({
      text: `I can ${text}.`,
      fit: fitOf(stems) + (ABOUT_ABILITY.test(asked) ? 3 : 0),
    }))
    .filter(({ fit }) => fit > 0);
  return [...sayings, ...goals, ...abilities];
}

/** What anybody could say in reply. */
function commonLines(situation: Situation): readonly string[] {
  if (!isAddressed(situation)) return [];
  const { understanding } = situation;
  const { topicWord, isQuestion } = understanding;
  const topical = topicWord === null ? [] : TOPIC_LINES.map((text) => text.replace('{topic}', topicWord));
  return [...topical, ...(isQuestion ? [] : PLAIN_LINES)];
}

/** The line that answers best among those not said lately; without a good one, a saying or what anybody could say. */
function lineFor(situation: Situation): string | undefined {
  const { recent, random } = situation;
  const unsaid = (text: string): boolean => !isTold(text, recent);
  const own = ownLines(situation).filter(({ text }) => unsaid(text));
  const best = Math.max(0, ...own.map(({ fit }) => fit));
  const fitting = own.filter(({ fit }) => fit === best).map(({ text }) => text);
  if (best >= 2) return random.pick(fitting);
  const common = commonLines(situation).filter(unsaid);
  const chance = random.integer(1, 100);
  if (common.length > 0 && (fitting.length === 0 || chance <= 25)) return random.pick(common);
  const isTalkative = isAddressed(situation) && chance > 80;
  return random.pick(isTalkative ? own.map(({ text }) => text) : fitting);
}

/** What the character says, for those who have words; else `null`. */
export function speechSentence(situation: Situation): string | null {
  const { scene, reference, offset } = situation;
  const say = VOICE_VERBS[scene.npc.manner?.speech ?? (scene.npc.isHuman ? 'spoken' : 'none')];
  if (say === undefined) return null;
  const line = lineFor(situation);
  if (line === undefined) return null;
  return sentence(fill(frameAt(SPEECH, scene.turn, offset), { reference, texts: { line, say } }));
}
