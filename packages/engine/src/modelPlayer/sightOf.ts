import { z } from 'zod';
import type { SeatLine, SeatSight } from '../models/seatSight.ts';
import type { GameView } from '../session/frame.ts';
import type { VisibleEvent } from '../session/view.ts';

/** What a seat is shown of a session: nothing of its state, and of its log what the seat may see. */
export interface ShownSession {
  /** The game's view for the seat. */
  readonly view: GameView;
  /** As the seat sees them, from the first one on. */
  readonly events: readonly VisibleEvent[];
  /** Turns completed. */
  readonly turns: number;
  /** `null` without a limit. */
  readonly maxTurns: number | null;
}

/** A model that is told everything of a very long session would not get to its end. */
const MOST_LINES = 240;
const LONGEST_LINE = 2_000;

const profileSchema = z.object({
  name: z.string(),
  shortDescription: z.string(),
  abilities: z.array(z.string()),
});

/** What games that are played in text show of themselves. */
const viewSchema = z.object({
  awaiting: z.boolean().default(false),
  maxInputLength: z.int().positive(),
  retryBudgetLeft: z.int().nullable().default(null),
  commands: z.array(z.object({ name: z.string(), description: z.string() })).default([]),
  pc: profileSchema.nullable().default(null),
  npc: profileSchema.nullable().default(null),
  question: z.string().nullable().default(null),
});

const isEntry = ({ data }: VisibleEvent): boolean => data?.['entered'] === true;

function speakerOf({ kind, direction }: VisibleEvent): SeatLine['speaker'] | null {
  switch (kind) {
    case 'message':
    case 'action':
      return direction === 'inbound' ? 'you' : 'scene';
    case 'command':
      return direction === 'inbound' ? 'you' : 'notice';
    case 'info':
    case 'warning':
    case 'error':
    case 'announcement':
      return 'notice';
    default:
      return null;
  }
}

function lineOf(event: VisibleEvent): readonly SeatLine[] {
  const speaker = speakerOf(event);
  if (speaker === null || event.content === '' || isEntry(event)) return [];
  return [{ speaker, text: event.content.slice(0, LONGEST_LINE).toWellFormed() }];
}

/** What whoever holds the seat knows. Throws ZodError for a game that does not show what is needed to play it in text. */
export function sightOf({ view, events, turns, maxTurns }: ShownSession): SeatSight {
  const shown = viewSchema.parse(view);
  return {
    instructions: events.find(isEntry)?.content ?? '',
    own: shown.pc,
    other: shown.npc,
    lines: events.flatMap(lineOf).slice(-MOST_LINES),
    question: shown.question,
    commands: shown.commands,
    longestText: shown.maxInputLength,
    turnsLeft: maxTurns === null ? null : Math.max(0, maxTurns - turns),
    attemptsLeft: shown.retryBudgetLeft,
  };
}

/** Whether the game is still busy with what was said last. */
export const isAwaiting = (view: GameView): boolean => viewSchema.parse(view).awaiting;
