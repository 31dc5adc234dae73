import type { SessionEvent } from '@dcs/engine';
import type { PlayedMove } from './playAttack.ts';
import type { TriedAttack } from './tryAttack.ts';

/** An attack that was tried, for those who want to see how it went. Plain data. */
export interface AttackTranscript {
  readonly id: string;
  readonly technique: string;
  readonly target: string;
  readonly game: string;
  readonly pc: string;
  readonly npc: string;
  readonly outcome: TriedAttack['outcome'];
  readonly findings: TriedAttack['findings'];
  readonly heldBack: TriedAttack['heldBack'];
  readonly moves: readonly {
    readonly surface: PlayedMove['surface'];
    readonly text: string;
    readonly plantedReply: string | null;
    /** Everything that was recorded, also what no player sees. */
    readonly events: readonly Pick<SessionEvent, 'source' | 'kind' | 'content' | 'data'>[];
  }[];
}

export function transcriptOf({ play, outcome, findings, heldBack }: TriedAttack): AttackTranscript {
  const { attack, seating, moves } = play;
  return {
    id: attack.id,
    technique: attack.technique,
    target: attack.target,
    game: seating.game,
    pc: seating.pc.hid,
    npc: seating.npc.hid,
    outcome,
    findings,
    heldBack,
    moves: moves.map(({ surface, text, plantedReply, events }) => ({
      surface,
      text,
      plantedReply,
      events: events.map(({ source, kind, content, data }) => ({ source, kind, content, data })),
    })),
  };
}

const LONGEST_LINE = 400;

function eventLine({ source, kind, content, data }: SessionEvent): string {
  const said = content === '' ? JSON.stringify(data) : content;
  const line = said.replaceAll(/\s+/g, ' ');
  return `    ${source}/${kind}: ${line.length > LONGEST_LINE ? `${line.slice(0, LONGEST_LINE)} …` : line}`;
}

/** The same for people, a line each. */
export function transcriptLines({ play, findings }: TriedAttack): readonly string[] {
  const { attack, seating, moves } = play;
  return [
    `${attack.id} in ${seating.game}, ${seating.pc.hid} meets ${seating.npc.hid}`,
    ...findings.map(({ kind, message }) => `  ${kind}: ${message.replaceAll(/\s+/g, ' ')}`),
    ...moves.flatMap(({ surface, text, plantedReply, events }) => [
      `  ${surface}: ${text.replaceAll(/\s+/g, ' ')}`,
      ...(plantedReply === null ? [] : [`    planted reply: ${plantedReply}`]),
      // What was written stands in the line above.
      ...events.filter(({ direction }) => direction !== 'inbound').map(eventLine),
    ]),
  ];
}
