import { IDLE, MISSED, PERCEIVED, PERCEIVED_SLOWLY } from './data/frames.ts';
import type { FramePool } from './data/frames.ts';
import type { Intent } from './data/intents.ts';
import { CAUSE_BY_VERB, CAUSES, SENSE_VERB_FALLBACK, SENSE_VERBS } from './data/phrases.ts';
import { sentence } from './grammar.ts';
import type { Perception } from './perceive.ts';
import { isSlow, reactionsFor } from './situation.ts';
import type { Situation } from './situation.ts';
import { fill } from './template.ts';
import type { Meaning, Understanding } from './understand.ts';
import { frameAt, freshest } from './variety.ts';

interface Cause {
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
  const { withObject } = CAUSES[part.intent];
  if (withObject !== undefined && object !== null) return one(withObject.replace('{object}', object));
  const byVerb = CAUSE_BY_VERB[part.verb];
  return byVerb === undefined ? null : one(byVerb);
}

/** What the player did, as the character meets it. */
function causeOf(situation: Situation): Cause {
  const { scene, understanding, perception } = situation;
  const part = perception.kind === 'perceived' ? perception.part : understanding;
  if (
    understanding.cues.has('sign') &&
    WORDY.includes(part.intent) &&
    scene.npc.manner?.speech !== 'signed'
  ) {
    return one('your signing');
  }
  const spoken = causeOfSpeech(situation, perception);
  if (spoken !== null) return spoken;
  const told = causeOfAct(part, understanding.object);
  if (told !== null) return told;
  const isVague = part.intent === 'act' || part.intent === 'handle';
  const other = isVague
    ? understanding.meanings.map((each) => causeOfAct(each, null)).find((each) => each !== null)
    : null;
  const { plain, plural = false } = CAUSES[part.intent];
  return other ?? { text: plain, plural };
}

const softened = (cause: Cause, perception: Perception): Cause =>
  perception.kind === 'perceived' && perception.acuity === 'faint' && perception.direct
    ? one(`a trace of ${cause.text}`)
    : cause;

function doingOf({ meanings, verb }: Understanding): string {
  if (meanings.some(({ intent }) => intent === 'wait')) return 'wait';
  return verb === 'listen' ? 'listen' : 'watch';
}

function poolFor({ scene, perception }: Situation): FramePool {
  switch (perception.kind) {
    case 'perceived':
      return isSlow(scene.npc) ? PERCEIVED_SLOWLY : PERCEIVED;
    case 'missed':
      return MISSED;
    case 'nothing':
      return IDLE;
    default: {
      const unreachable: never = perception;
      return unreachable;
    }
  }
}

/** How the character meets the action: what one sees of it. */
export function firstSentence(situation: Situation): string {
  const { scene, reference, perception, mood, offset, recent, random, understanding } = situation;
  const channel = perception.kind === 'perceived' ? perception.channel : 'vision';
  const clause = freshest(reactionsFor(scene.npc, mood), recent, random) ?? 'stays as before';
  return sentence(
    fill(frameAt(poolFor(situation), scene.turn, offset), {
      reference,
      cause: softened(causeOf(situation), perception),
      texts: {
        clause,
        sense: SENSE_VERBS[channel] ?? SENSE_VERB_FALLBACK,
        doing: doingOf(understanding),
      },
    }),
  );
}
