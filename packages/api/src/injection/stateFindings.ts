import type { EventKind, JsonValue, SessionEvent } from '@dcs/engine';
import { z } from 'zod';
import type { Finding } from './finding.ts';
import type { AttackPlay, Moment, PlayedMove } from './playAttack.ts';

/** What may be recorded when somebody writes there. Every word of the vocabulary that is not here would be an intrusion. */
const IN_PLAY: readonly EventKind[] = ['message', 'validation_violation', 'info', 'error', 'fact'];
const AT_THE_END: readonly EventKind[] = [...IN_PLAY, 'command', 'session_end'];
const ORDINARY: Readonly<Record<PlayedMove['surface'], readonly EventKind[]>> = {
  opening: ['session_start', 'message', 'validation_violation', 'info', 'error', 'fact'],
  action: IN_PLAY,
  prediction: IN_PLAY,
  command: AT_THE_END,
  answer: AT_THE_END,
  ending: AT_THE_END,
  comment: ['feedback'],
  name: [],
};

/** Only these may end a session. */
const MAY_END: readonly PlayedMove['surface'][] = ['command', 'answer', 'ending'];

const found = (message: string): Finding => ({ kind: 'state', message });

const numberIn = (view: JsonValue, key: string): number | null => {
  const parsed = z.object({ [key]: z.number() }).safeParse(view);
  return parsed.data?.[key] ?? null;
};

const isReply = ({ source, kind }: SessionEvent): boolean => source === 'npc' && kind === 'message';
const isBreach = ({ source, kind }: SessionEvent): boolean =>
  source === 'player' && kind === 'validation_violation';
const hasScore = ({ data }: SessionEvent): boolean => data?.['score'] !== undefined;

function ofEvents({ surface, events }: PlayedMove): readonly Finding[] {
  const strange = events.filter(({ kind }) => !ORDINARY[surface].includes(kind));
  const spoken = events.filter(({ direction }) => direction === 'inbound').length;
  const replies = events.filter(isReply).length;
  return [
    ...strange.map(({ kind, source }) => found(`Writing a ${surface} recorded ${source}/${kind}.`)),
    ...(spoken > 1 ? [found(`One ${surface} was recorded as ${spoken}.`)] : []),
    ...(replies > 1 ? [found(`One ${surface} brought ${replies} replies.`)] : []),
  ];
}

function ofFixed(before: Moment, after: Moment): readonly Finding[] {
  const changed = (['header', 'seats'] as const).filter(
    (part) => JSON.stringify(before[part]) !== JSON.stringify(after[part]),
  );
  return changed.map((part) => found(`The ${part} of the session changed.`));
}

/** A turn is worth one reply, and an attempt goes only with a breach that a judge has found. */
function ofCounts({ before, after, events }: PlayedMove): readonly Finding[] {
  const turns = after.turns - before.turns;
  const attempts =
    (numberIn(before.view, 'retryBudgetLeft') ?? 0) - (numberIn(after.view, 'retryBudgetLeft') ?? 0);
  const findings: Finding[] = [];
  if (turns !== (events.some(isReply) ? 1 : 0)) findings.push(found(`The turns went on by ${turns}.`));
  if (attempts !== (events.some(isBreach) ? 1 : 0)) findings.push(found(`${attempts} attempts were taken.`));
  return findings;
}

function ofEnding({ surface, before, after, events }: PlayedMove): readonly Finding[] {
  const findings: Finding[] = [];
  if (!MAY_END.includes(surface)) {
    if (after.exited)
      findings.push(found(`A ${surface} ended the session: ${after.exitReason ?? 'unsaid'}.`));
    if (events.some(hasScore)) findings.push(found(`A ${surface} made a score.`));
  }
  if (!after.exited && before.status !== after.status && surface !== 'opening') {
    findings.push(found(`The session went from ${before.status} to ${after.status}.`));
  }
  return findings;
}

/** What changed in a session that no ordinary turn changes. */
export function stateFindings({ moves, faults, header }: AttackPlay): readonly Finding[] {
  const last = moves.at(-1);
  // One that no model opened has no way to its end.
  const isOpened = moves[0]?.outcome.ok === true && moves[0].outcome.accepted;
  const isStuck = isOpened && last?.after.exited !== true;
  return [
    ...faults.map((fault) => found(`The program failed: ${String(fault)}`)),
    ...moves.flatMap((move) => [
      ...ofEvents(move),
      ...ofFixed(move.before, move.after),
      ...ofCounts(move),
      ...ofEnding(move),
    ]),
    ...(isStuck ? [found('The session could not be brought to its end.')] : []),
    ...(JSON.stringify(last?.after.header) === JSON.stringify(header)
      ? []
      : [found('The session is not the one that was created.')]),
  ];
}
