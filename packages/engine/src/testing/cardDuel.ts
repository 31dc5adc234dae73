import { z } from 'zod';
import type { Decide, DecisionTools, Game, GameCommand, Outcome, StateFreezing } from '../game/game.ts';
import { fact, info, playerAction } from '../session/drafts.ts';
import type { SessionEvent } from '../session/event.ts';
import type { SeatName, Viewer } from '../session/seat.ts';

/*
 * A miniature rules game for tests: two human seats, structured actions, hidden hands, dice as events, roll-back.
 * Each plays a card from a secret hand and rolls a die; the higher total after all cards wins.
 */

const configSchema = z.strictObject({ cards: z.number().int().min(1).max(5) });
const actionSchema = z.strictObject({ type: z.literal('play'), card: z.number().int().min(1).max(9) });

type Config = z.infer<typeof configSchema>;
type Action = z.infer<typeof actionSchema>;

const SEATS = ['home', 'away'] as const;
type Side = (typeof SEATS)[number];

const asSide = (seat: SeatName | null): Side | null => SEATS.find((side) => side === seat) ?? null;

export interface DuelState {
  readonly cards: number;
  readonly hands: Readonly<Record<Side, readonly number[]>>;
  readonly scores: Readonly<Record<Side, number>>;
  readonly toPlay: Side;
  /** A card on the table whose die has not been rolled yet. */
  readonly onTable: { readonly side: Side; readonly card: number } | null;
  readonly plays: number;
}

const dealtSchema = z.object({ hand: z.array(z.number()) });
const playedSchema = z.object({ card: z.number() });
const rolledSchema = z.object({ die: z.number() });

function evolve(state: DuelState, event: SessionEvent): DuelState {
  const side = asSide(event.seat) ?? state.toPlay;
  const dealt = dealtSchema.safeParse(event.data);
  if (dealt.success && event.audience !== null) {
    const owner = asSide(event.audience[0] ?? null);
    return owner === null ? state : { ...state, hands: { ...state.hands, [owner]: dealt.data.hand } };
  }
  const played = playedSchema.safeParse(event.data);
  if (event.kind === 'action' && played.success) {
    const { card } = played.data;
    const held = state.hands[side];
    const hand = held.filter((_card, index) => index !== held.indexOf(card));
    return { ...state, hands: { ...state.hands, [side]: hand }, onTable: { side, card } };
  }
  const rolled = rolledSchema.safeParse(event.data);
  if (rolled.success && state.onTable !== null) {
    const { side: by, card } = state.onTable;
    return {
      ...state,
      scores: { ...state.scores, [by]: state.scores[by] + card + rolled.data.die },
      toPlay: by === 'home' ? 'away' : 'home',
      onTable: null,
      plays: state.plays + 1,
    };
  }
  return state;
}

async function* decide(
  state: DuelState,
  command: GameCommand<Action>,
  tools: DecisionTools,
): Decide<DuelState> {
  switch (command.type) {
    case 'enter': {
      const deck = tools.random('deal').shuffle([1, 2, 3, 4, 5, 6, 7, 8, 9, 9]);
      const home = fact({ hand: deck.slice(0, state.cards) }, 'home is dealt a hand', ['home']);
      const away = fact({ hand: deck.slice(5, 5 + state.cards) }, 'away is dealt a hand', ['away']);
      return { ok: true, accepted: true, events: [home, away, info('The cards are dealt.')] };
    }
    case 'action': {
      const side = asSide(command.seat);
      if (side !== state.toPlay) {
        return { ok: false, reason: 'move/not-your-turn', message: 'Wait for the other side to play.' };
      }
      if (!state.hands[side].includes(command.action.card)) {
        return { ok: false, reason: 'move/no-such-card', message: 'Play a card from your hand.' };
      }
      const { card } = command.action;
      yield [playerAction(side, { type: 'play', card }, `${side} plays ${card}`)];
      return roll(tools);
    }
    case 'resume':
      return roll(tools);
    case 'text':
      return { ok: false, reason: 'input/not-text', message: 'Play a card.' };
    default: {
      const unreachable: never = command;
      return unreachable;
    }
  }
}

function roll(tools: DecisionTools) {
  const die = tools.random('die').integer(1, 6);
  return { ok: true, accepted: true, events: [fact({ die }, `The die shows ${die}.`, null)] } as const;
}

function view(state: DuelState, viewer: Viewer) {
  const shown = (side: Side) =>
    viewer.seesAll || viewer.seat === side ? [...state.hands[side]] : state.hands[side].length;
  return {
    hands: { home: shown('home'), away: shown('away') },
    scores: { ...state.scores },
    toPlay: state.toPlay,
  };
}

/** Everything but the number of cards, which the configuration says. */
const frozenSchema = z.strictObject({
  hands: z.strictObject({ home: z.array(z.number()), away: z.array(z.number()) }),
  scores: z.strictObject({ home: z.number(), away: z.number() }),
  toPlay: z.enum(SEATS),
  onTable: z.strictObject({ side: z.enum(SEATS), card: z.number() }).nullable(),
  plays: z.int().min(0),
});

const freezing: StateFreezing<DuelState> = {
  version: 1,
  freeze: ({ cards: _cards, ...frozen }) => frozen,
  thaw: (frozen, start) => ({ ...start, ...frozenSchema.parse(frozen) }),
};

const isOver = (state: DuelState): boolean => state.plays >= state.cards * 2;

function outcome(state: DuelState): Outcome | null {
  if (!isOver(state)) return null;
  const { home, away } = state.scores;
  return home === away ? { kind: 'draw' } : { kind: 'won', seat: home > away ? 'home' : 'away' };
}

export const cardDuel: Game<Config, DuelState, Action> = {
  name: 'card-duel',
  kind: 'rules',
  seats: [
    { name: 'home', title: 'Home', heldBy: 'player', playsCharacter: false },
    { name: 'away', title: 'Away', heldBy: 'player', playsCharacter: false },
  ],
  configSchema,
  actionSchema,
  takesText: false,
  commands: [],
  init: ({ config }) => ({
    cards: config.cards,
    hands: { home: [], away: [] },
    scores: { home: 0, away: 0 },
    toPlay: 'home',
    onTable: null,
    plays: 0,
  }),
  decide,
  evolve,
  progress: (state) => ({
    turns: state.plays,
    finished: isOver(state) ? 'game completed' : null,
  }),
  outcome,
  freezing,
  view,
  mayRollBack: (_state, seat) => asSide(seat) !== null,
};

/** The file that a registry pairs with the game. */
export const cardDuelFile = {
  name: 'card-duel',
  title: 'Card Duel',
  version: '1.0.0',
  authors: ['DCS'],
  description: 'Two players, five cards, one die.',
  config: { cards: 3 },
  stoppingConditions: { turns: ['>= 100'], runtimeSeconds: ['>= 600'] },
};
