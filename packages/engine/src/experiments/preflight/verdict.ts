import type { ExperimentPlan } from '../assignment/plan.ts';
import type { AssignmentStrategyName } from '../assignment/strategyName.ts';
import type { Balance } from './balance.ts';
import { characterName } from './characterName.ts';
import { BALANCE_TITLES, QUOTA_TITLES } from './charts.ts';
import type { Effort } from './effort.ts';
import type { Needed, QuotaFill } from './quotaFill.ts';
import type { Unreached, UnreachedKind } from './reach.ts';

export const READINESS = ['ready', 'doubtful', 'not ready'] as const;
export type Readiness = (typeof READINESS)[number];

export interface PreflightVerdict {
  readonly readiness: Readiness;
  /** Sentences, the weightiest first. */
  readonly reasons: readonly string[];
}

/** How many participants came to what end. */
export interface People {
  readonly came: number;
  readonly joined: number;
  readonly finished: number;
  readonly left: number;
  /** Those of them who had completed nothing. */
  readonly leftEarly: number;
  /** Those who could not take part at all. */
  readonly refused: number;
  /** Those who took part and found nothing to go on with. */
  readonly stranded: number;
}

export interface Judged {
  readonly plan: ExperimentPlan;
  readonly people: People;
  readonly balances: readonly Balance[];
  readonly fills: readonly QuotaFill[];
  readonly needed: Needed | null;
  readonly effort: Effort;
  readonly unreached: readonly Unreached[];
}

interface Reason {
  readonly readiness: Readiness;
  readonly text: string;
}

const ready = (text: string): Reason => ({ readiness: 'ready', text });
const doubtful = (text: string): Reason => ({ readiness: 'doubtful', text });
const notReady = (text: string): Reason => ({ readiness: 'not ready', text });

/** More than this part of those who joined should not leave before they have completed anything. */
const MANY = 1 / 3;
/** So many may find nothing to play in a study that has all it needs: whoever comes last sometimes does. */
const FEW = 1 / 10;

/** These give everybody the same few, or each the next that is needed: where they come out uneven, something is wrong. */
const EVEN_BY_THEMSELVES: ReadonlySet<AssignmentStrategyName> = new Set<AssignmentStrategyName>([
  'random-unique',
  'random-unique-game',
  'next-incomplete-combination',
  'least-played-combination-next',
]);

export function verdictOf(judged: Judged): PreflightVerdict {
  const reasons = RULES.flatMap((rule) => rule(judged));
  const worstFirst = READINESS.toReversed().flatMap((level) =>
    reasons.filter(({ readiness }) => readiness === level),
  );
  return {
    readiness: worstFirst[0]?.readiness ?? 'ready',
    reasons: worstFirst.map(({ text }) => text),
  };
}

type Rule = (judged: Judged) => readonly Reason[];

const RULES: readonly Rule[] = [ofPeople, ofQuotas, ofBalance, ofWhatNobodyReached, ofCost];

const percent = (some: number, of: number): string => `${Math.round((100 * some) / Math.max(1, of))} %`;

function ofPeople({ people, fills }: Judged): readonly Reason[] {
  const { came, joined, finished, left, leftEarly, refused, stranded } = people;
  if (came === 0) return [notReady('Nobody came: people may not take part, and the file names no models.')];
  if (joined === 0) return [notReady('Nobody of those who came could take part.')];
  const reasons: Reason[] = [];
  if (finished === 0) reasons.push(notReady(`Nobody finishes: of ${joined} who took part, ${left} left.`));
  else reasons.push(ready(`${finished} of ${joined} participants finish (${percent(finished, joined)}).`));
  if (leftEarly > MANY * joined) {
    const text = `${leftEarly} of ${joined} participants leave before they have completed anything (${percent(leftEarly, joined)}).`;
    reasons.push(doubtful(`${text} Ask less of them before they play, or have them play less at a time.`));
  } else if (left > leftEarly) {
    const text = `${left} of ${joined} participants leave before the end (${percent(left, joined)}), ${left - leftEarly} of them with something completed.`;
    reasons.push(ready(text));
  }
  if (stranded > 0) {
    const text = `${stranded} of ${joined} participants would have gone on, and nothing was left for them to play.`;
    // Those for whom places are kept in the end only came too early.
    const tooMany = stranded - Math.max(0, ...fills.filter(isWanted).map(({ kept }) => kept));
    const advice = 'Invite fewer people, or raise the quotas.';
    reasons.push(tooMany > FEW * joined ? doubtful(`${text} ${advice}`) : ready(text));
  }
  if (refused > 0) reasons.push(ready(`${refused} of ${came} who came could not take part any more.`));
  return reasons;
}

function ofQuotas({ plan, fills, needed, people }: Judged): readonly Reason[] {
  const wanted = fills.filter(isWanted);
  // Beside other quotas, the number of participants is a limit and nothing that has to be reached.
  const open = (wanted.length === 0 ? fills : wanted).filter(({ filledBy }) => filledBy === null);
  const reasons = open.map((fill) => {
    const { id, filled, places } = fill;
    const text = `Of ${places} places for ${QUOTA_TITLES[id]}, ${filled} are filled by ${people.joined} participants.`;
    if (id === 'participants') return doubtful(text);
    if (!isOnlyKept(fill, people)) return notReady(text);
    const minutes = plan.config.assignment.holdMinutes;
    return ready(
      `${text} The others are kept for people who have left, for ${minutes} minutes each (assignment.holdMinutes): whoever comes then can have them.`,
    );
  });
  const isOnlyTime = open.length > 0 && open.every((fill) => isOnlyKept(fill, people));
  if (needed === null || isOnlyTime) return reasons;
  const { participants, isEstimate } = needed;
  return isEstimate
    ? [...reasons, notReady(`It takes about ${participants} participants to fill what is to be filled.`)]
    : [...reasons, ready(`All games and characters have whom they need after ${participants} participants.`)];
}

const isWanted = ({ id }: QuotaFill): boolean => id !== 'participants';

/** Whether nothing is missing but time: people are there for all that is kept for those who have left. */
function isOnlyKept({ filled, places, kept }: QuotaFill, { joined, stranded, refused }: People): boolean {
  const perParticipant = Math.max(1, filled / Math.max(1, joined - stranded));
  return filled + kept >= places && (stranded + refused) * perParticipant >= places - filled;
}

function ofBalance({ plan, balances }: Judged): readonly Reason[] {
  const { strategy, participantChooses } = plan.config.assignment;
  const isPromised = EVEN_BY_THEMSELVES.has(strategy) && !participantChooses;
  const reasons = balances
    .filter(({ verdict }) => verdict === 'uneven')
    .map(({ id, least, most }) => {
      const text = `The ${BALANCE_TITLES[id]} are uneven: from ${least} to ${most} completed assignments each.`;
      return isPromised ? doubtful(text) : ready(`${text} ${strategy} does not even them out; quotas would.`);
    });
  const onChoice = 'Participants choose what they play: how even it becomes is for them to decide.';
  return participantChooses ? [...reasons, ready(onChoice)] : reasons;
}

/** For one, and for several. */
const KIND_WORDS: Readonly<Record<UnreachedKind, readonly [string, string]>> = {
  game: ['game', 'games'],
  playerCharacter: ['character to be played', 'characters to be played'],
  simulatedCharacter: ['character to be met', 'characters to be met'],
  form: ['form', 'forms'],
};

/** More names than these are no sentence. */
const MOST_NAMES = 8;

function ofWhatNobodyReached({ plan, unreached }: Judged): readonly Reason[] {
  return [...Map.groupBy(unreached, ({ kind, isImpossible }) => `${kind} ${isImpossible}`).values()].flatMap(
    (some) => {
      const [first] = some;
      if (first === undefined) return [];
      const { kind, isImpossible } = first;
      const names = some
        .slice(0, MOST_NAMES)
        .map(({ name }) =>
          kind === 'playerCharacter' || kind === 'simulatedCharacter' ? characterName(plan, name) : name,
        );
      const more = some.length > MOST_NAMES ? ` and ${some.length - MOST_NAMES} more` : '';
      const [one, several] = KIND_WORDS[kind];
      const what = `${some.length} ${some.length === 1 ? one : several}: ${names.join(', ')}${more}`;
      if (isImpossible) return [notReady(`Nobody can ever come to ${what}.`)];
      const text = `Nobody came to ${what}.`;
      return [kind === 'game' ? notReady(text) : doubtful(text)];
    },
  );
}

function ofCost({ plan, effort }: Judged): readonly Reason[] {
  const cap = plan.config.caps.experiment?.dollars;
  const { dollars, calls } = effort;
  if (dollars === null) {
    return cap === undefined
      ? []
      : [ready(`What ${calls} calls to models cost is not known; the cap is ${cap} dollars.`)];
  }
  const cost = `Models cost about ${dollars.toFixed(2)} dollars`;
  if (cap === undefined || dollars <= cap) return [ready(`${cost}.`)];
  return [notReady(`${cost}, and the cap is ${cap} dollars: the experiment would come to a stop.`)];
}
