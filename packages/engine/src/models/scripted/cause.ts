import type { Intent } from './data/intents.ts';
import { CAUSE_BY_VERB, CAUSES } from './data/phrases.ts';
import type { Perception } from './perceive.ts';
import type { Situation } from './situation.ts';
import type { Meaning } from './understand.ts';

/** What the player did, as a noun phrase that the character meets. */
export interface Cause {
  readonly text: string;
  readonly plural: boolean;
}

const one = (text: string): Cause => ({ text, plural: false });

const WORDY: readonly Intent[] = ['ask', 'speak', 'greet', 'thank'];

/** Words reach those who do not understand them as a sound, and the deaf as a moving mouth. */
function causeOfSpeech({ understanding }: Situation, perception: Perception): Cause | null {
  if (perception.kind !== 'perceived' || perception.meaning === null || perception.meaning === 'full')
    return null;
  if (!WORDY.includes(perception.part.intent)) return null;
  if (!perception.direct) return one('the movement of your lips');
  if (perception.channel !== 'hearing' || perception.meaning === 'none')
    return one('the sound of your voice');
  return understanding.topicWord === null ? null : one(`the word “${understanding.topicWord}”`);
}

/** Says most about what was done: a thing, else a telling verb. */
function causeOfAct(part: Meaning, object: string | null): Cause | null {
  const withObject = CAUSES[part.intent]?.withObject;
  if (withObject !== undefined && object !== null) return one(withObject.replace('{object}', object));
  const byVerb = CAUSE_BY_VERB[part.verb];
  return byVerb === undefined ? null : one(byVerb);
}

function causeInFull(situation: Situation): Cause | null {
  const { scene, understanding, perception } = situation;
  const part = perception.kind === 'perceived' ? perception.part : understanding;
  const isSigning = understanding.cues.has('sign') && WORDY.includes(part.intent);
  if (isSigning && scene.npc.manner?.speech !== 'signed') return one('your signing');
  // What touches a thing does not touch the character.
  if (part.intent === 'touch' && understanding.object !== null) return null;
  const told = causeOfSpeech(situation, perception) ?? causeOfAct(part, understanding.object);
  if (told !== null) return told;
  const common = CAUSES[part.intent];
  return common === undefined ? null : { text: common.plain, plural: common.plural ?? false };
}

/** What the player did as a noun phrase, or `null` where no noun says it well. */
export function causeOf(situation: Situation): Cause | null {
  const { perception } = situation;
  const cause = causeInFull(situation);
  const isFaint = perception.kind === 'perceived' && perception.acuity === 'faint' && perception.direct;
  return cause !== null && isFaint ? one(`something of ${cause.text}`) : cause;
}
