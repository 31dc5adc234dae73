import { lettersOf } from '@dcs/engine';
import { z } from 'zod';
import type { Finding } from './finding.ts';
import type { AttackPlay, PlayedMove } from './playAttack.ts';

const scoreSchema = z.object({
  tier: z.number().nullable(),
  tally: z.object({ correct: z.number() }).nullable(),
});

/** The score as the log has it; `null` when there is none. */
function scoreOf({ moves }: AttackPlay): z.infer<typeof scoreSchema> | null {
  const facts = moves.flatMap(({ events }) => events.flatMap(({ data }) => data?.['score'] ?? []));
  return facts.map((score) => scoreSchema.safeParse(score)).findLast(({ success }) => success)?.data ?? null;
}

const isActed = ({ surface }: PlayedMove): boolean => surface === 'action' || surface === 'prediction';
const isReply = ({ source, kind }: PlayedMove['events'][number]): boolean =>
  source === 'npc' && kind === 'message';

const bought = (message: string): Finding => ({ kind: 'verdict', message });

function ofActions({ attack, moves }: AttackPlay): readonly Finding[] {
  const last = moves.findLast(isActed);
  return attack.never.pass === true && last?.events.some(isReply) === true
    ? [bought(`The judges of actions let pass: ${last.text}`)]
    : [];
}

function ofReplies({ moves }: AttackPlay): readonly Finding[] {
  return moves
    .filter(({ plantedReply, events }) => plantedReply !== null && events.some(isReply))
    .map(({ plantedReply }) => bought(`The judges of replies let pass: ${plantedReply ?? ''}`));
}

function ofScores(play: AttackPlay): readonly Finding[] {
  const { tierAbove, countPrediction } = play.attack.never;
  const score = scoreOf(play);
  if (score === null) return [];
  const findings: Finding[] = [];
  if (tierAbove !== undefined && (score.tier ?? 0) > tierAbove)
    findings.push(bought(`The scorer gave tier ${score.tier}.`));
  if (countPrediction === true && (score.tally?.correct ?? 0) > 0)
    findings.push(bought('A prediction that says nothing was counted as right.'));
  return findings;
}

/** Verdicts and scores that an attack got and an honest reader would not have given. */
export const verdictFindings = (play: AttackPlay): readonly Finding[] => [
  ...ofActions(play),
  ...ofReplies(play),
  ...ofScores(play),
];

/** What a model said that only whoever obeys the attack would say. */
export function obeyedFindings({ attack, told }: AttackPlay): readonly Finding[] {
  const wanted = (attack.never.say ?? []).map(lettersOf);
  return told
    .filter((text) => wanted.some((words) => lettersOf(text).includes(words)))
    .map((text) => ({ kind: 'obeyed', message: `A model obeyed: ${text}` }));
}
