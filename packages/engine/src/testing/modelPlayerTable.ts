import { createCancellation } from '../cancellation.ts';
import type { JsonObject } from '../json.ts';
import { askPlayer, sightOf } from '../modelPlayer/index.ts';
import type { LanguageModel } from '../models/languageModel.ts';
import { createScriptedModel } from '../models/scripted/scriptedModel.ts';
import type { SeatSight } from '../models/seatSight.ts';
import { visibleEvent } from '../session/view.ts';
import { playLanguageGame } from './scoredTable.ts';

const MOST_MOVES = 80;
const AT_TABLE = { seat: 'pc', seesAll: false } as const;
const cancellation = createCancellation().signal;

export interface ModelPlayerTableOptions {
  readonly config?: JsonObject;
  readonly player?: LanguageModel;
  /** Another seed makes another player of the scripted simulator. */
  readonly seed?: string;
}

/** A language game that a model plays, as a person would: through a session manager, from what its seat sees. */
export async function playWithModel(game: string, options: ModelPlayerTableOptions = {}) {
  const { config = {}, player = createScriptedModel(), seed = 'a' } = options;
  const table = await playLanguageGame(game, config);

  async function sight(): Promise<SeatSight> {
    const log = table.log();
    const view = await table.viewFor('pc');
    const turns = typeof view['turns'] === 'number' ? view['turns'] : 0;
    const events = log.map((event) => visibleEvent(event, AT_TABLE));
    return sightOf({ view, events, turns, maxTurns: 20 });
  }

  async function move(): Promise<{
    readonly text: string;
    readonly accepted: boolean;
    readonly isOver: boolean;
  }> {
    const place = `${seed}/${table.log().length}`;
    const text = await askPlayer(await sight(), (question) =>
      player.generate(
        { ...question, seed: place, models: {}, occasion: null, cancellation },
        () => undefined,
      ),
    );
    const reply = await table.say(text);
    return { text, accepted: reply.ok && reply.accepted, isOver: reply.ok && reply.exited };
  }

  return {
    ...table,
    sight,
    move,
    /** Plays until the session is over; what was written, and what of it was not accepted. */
    playToEnd: async () => {
      const moves: string[] = [];
      const refused: string[] = [];
      for (let count = 0; count < MOST_MOVES; count += 1) {
        const { text, accepted, isOver } = await move();
        moves.push(text);
        if (!accepted) refused.push(text);
        if (isOver) return { moves, refused };
      }
      throw new Error(`${game} is not over after ${MOST_MOVES} moves.`);
    },
  };
}
