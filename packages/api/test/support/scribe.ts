import { drafts } from '@dcs/engine';
import type { Decide, Game, GameCommand, GameEntry } from '@dcs/engine';
import { z } from 'zod';

/*
 * A game for tests of delivery: it writes as many lines of whatever length as it is told, with the player's action as
 * their first event. Several may sit at the table; everyone sees everything.
 */

const configSchema = z.strictObject({});
const actionSchema = z.strictObject({
  type: z.literal('write'),
  lines: z.int().min(1).max(500),
  length: z.int().min(1).max(8_000),
});

type WriteAction = z.infer<typeof actionSchema>;

interface ScribeState {
  readonly turns: number;
}

/** Begins with its number, so that no two lines of an action are alike. */
const line = (index: number, length: number): string => `${index} `.padEnd(length, 'scribble ');

async function* decide(_state: ScribeState, command: GameCommand<WriteAction>): Decide<ScribeState> {
  if (command.type !== 'action') return { ok: true, accepted: true, events: [drafts.info('A page.')] };
  const { lines, length } = command.action;
  yield [drafts.playerAction(command.seat, command.action, `Write ${lines} lines.`)];
  const rest = Array.from({ length: lines - 1 }, (_none, index) => drafts.info(line(index + 1, length)));
  return { ok: true, accepted: true, events: [drafts.info(line(0, length), { turn: true }), ...rest] };
}

const scribe: Game<object, ScribeState, WriteAction> = {
  name: 'scribe',
  kind: 'rules',
  seats: [
    { name: 'first', title: 'First', heldBy: 'player', playsCharacter: false },
    { name: 'second', title: 'Second', heldBy: 'player', playsCharacter: false },
  ],
  configSchema,
  actionSchema,
  takesText: false,
  commands: [],
  init: () => ({ turns: 0 }),
  decide,
  evolve: (state, event) => (event.data?.['turn'] === true ? { turns: state.turns + 1 } : state),
  progress: ({ turns }) => ({ turns, finished: null }),
  view: ({ turns }) => ({ turns }),
  mayRollBack: () => true,
};

export const scribeEntry: GameEntry = {
  game: scribe,
  file: {
    name: 'scribe',
    title: 'Scribe',
    version: '1.0.0',
    authors: ['DCS'],
    description: 'Writes what it is told.',
    config: {},
    stoppingConditions: { turns: ['>= 100000'], runtimeSeconds: ['>= 86400'] },
  },
};

/** The action that writes `lines` lines of `length` characters each. */
export const writing = (lines: number, length = 40): { readonly action: WriteAction } => ({
  action: { type: 'write', lines, length },
});
