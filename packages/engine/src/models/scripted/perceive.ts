import type { Acuity, SenseChannel } from '../../characters/senses.schema.ts';
import type { SpeechMode } from '../../characters/manner.schema.ts';
import { LEXICON } from './data/intents.ts';
import type { Intent } from './data/intents.ts';
import type { Perceiver } from './senses.ts';
import { stem } from './words.ts';
import type { Meaning, Understanding } from './understand.ts';

/** How an action arrives at a character. */
export type Perception =
  /** There was nothing to perceive: the player waits or watches. */
  | { readonly kind: 'nothing' }
  | { readonly kind: 'missed'; readonly channel: SenseChannel }
  | {
      readonly kind: 'perceived';
      /** Which part of what the player does arrives. */
      readonly part: Meaning;
      /** A common channel, or the name of an extra sense. */
      readonly channel: string;
      readonly acuity: Exclude<Acuity, 'none'>;
      /** How much of what is said is understood; `null` when nothing is said. */
      readonly meaning: 'full' | 'partial' | 'none' | null;
      /** Whether the action as such arrives, or only a side effect of it, e.g. moving lips of words. */
      readonly direct: boolean;
    };

const RANK: Readonly<Record<Acuity, number>> = { none: 0, faint: 1, normal: 2, keen: 3 };

const SPOKEN: readonly Intent[] = ['speak', 'ask', 'greet', 'thank'];

interface Arrival {
  readonly part: Meaning;
  readonly channel: string;
  readonly acuity: Exclude<Acuity, 'none'>;
  readonly direct: boolean;
}

/** Words that are cues in a sheet (`a can of water`) and more often mean nothing. */
const EMPTY_CUES: ReadonlySet<string> = new Set(['can', 'will', 'may', 'might', 'must']);

/** What is done with the body, as opposed to being said, seen or waited for. */
const isBodily = ({ intent }: Meaning): boolean =>
  !SPOKEN.includes(intent) && intent !== 'look' && intent !== 'wait';

/** An extra sense is reached by its cue words, if anything bodily is done. */
function throughExtra(perceiver: Perceiver, { meanings, cues }: Understanding): Arrival | null {
  const part = meanings.find(isBodily);
  if (part === undefined) return null;
  let best: Arrival | null = null;
  for (const sense of perceiver.extra) {
    const isCued = sense.cues.some((cue) => !EMPTY_CUES.has(cue) && cues.has(stem(cue)));
    if (sense.acuity === 'none' || !isCued) continue;
    if (best === null || RANK[sense.acuity] > RANK[best.acuity]) {
      best = { part, channel: sense.name, acuity: sense.acuity, direct: true };
    }
  }
  return best;
}

const channelsOf = ({ intent }: Meaning, isSigned: boolean): readonly SenseChannel[] =>
  isSigned && SPOKEN.includes(intent) ? ['vision'] : LEXICON[intent].channels;

function throughChannels(
  perceiver: Perceiver,
  meanings: readonly Meaning[],
  isSigned: boolean,
): Arrival | null {
  for (const least of ['normal', 'faint'] as const) {
    for (const part of meanings) {
      for (const channel of channelsOf(part, isSigned)) {
        const acuity = perceiver.acuity[channel];
        if (acuity !== 'none' && RANK[acuity] >= RANK[least]) return { part, channel, acuity, direct: true };
      }
    }
  }
  return null;
}

/** Words that cannot be heard may still be seen on a face, at close range. */
function lipsSeen(perceiver: Perceiver, part: Meaning, isSigned: boolean): Arrival | null {
  const { vision } = perceiver.acuity;
  if (
    isSigned ||
    !SPOKEN.includes(part.intent) ||
    perceiver.understands === 'none' ||
    RANK[vision] < RANK.normal
  )
    return null;
  return { part, channel: 'vision', acuity: 'faint', direct: false };
}

function meaningOf(
  { speech, intent }: Understanding,
  perceiver: Perceiver,
  carried: boolean,
): 'full' | 'partial' | 'none' | null {
  if (speech === null && !SPOKEN.includes(intent) && intent !== 'write') return null;
  return carried ? perceiver.understands : 'none';
}

const carriesWords = (arrival: Arrival, isSigned: boolean, speechMode: SpeechMode): boolean =>
  arrival.direct &&
  (arrival.channel === 'hearing' || arrival.channel === 'text' || (isSigned && speechMode === 'signed'));

/** Seeing and waiting reach nobody, unless a mind that knows what looking is meets the gaze. */
const isUnnoticed = ({ meanings }: Understanding, perceiver: Perceiver): boolean =>
  meanings.every(({ intent }) => intent === 'wait' || intent === 'look') &&
  (perceiver.understands !== 'full' || meanings.some(({ intent }) => intent === 'wait'));

/** The sense that it would have taken. A greeting without words is seen rather than heard. */
function missedChannel({ meanings, speech }: Understanding, isSigned: boolean): SenseChannel {
  const shown = speech === null ? meanings.find(isBodily) : undefined;
  return channelsOf(shown ?? meanings[0], isSigned)[0] ?? 'vision';
}

/** Decides whether, how and how well an action reaches a character. */
export function perceive(
  understanding: Understanding,
  perceiver: Perceiver,
  speechMode: SpeechMode,
): Perception {
  if (isUnnoticed(understanding, perceiver)) return { kind: 'nothing' };
  const { meanings, cues } = understanding;
  const [main] = meanings;
  const isSigned = cues.has('sign');
  const extra = throughExtra(perceiver, understanding);
  const lips = lipsSeen(perceiver, main, isSigned);
  const common =
    lips !== null && perceiver.acuity.hearing === 'none' && meanings.length === 1
      ? lips
      : throughChannels(perceiver, meanings, isSigned);
  const better =
    common !== null && (extra === null || RANK[common.acuity] >= RANK[extra.acuity]) ? common : extra;
  const arrival = better ?? lips;
  if (arrival === null) return { kind: 'missed', channel: missedChannel(understanding, isSigned) };
  const meaning = meaningOf(understanding, perceiver, carriesWords(arrival, isSigned, speechMode));
  return { kind: 'perceived', ...arrival, meaning };
}
