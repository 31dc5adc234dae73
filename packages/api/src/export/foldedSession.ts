import { foldFeedback, findSheets, foldOf, runtimeMs, startFold, summarise } from '@dcs/engine';
import type {
  CharacterSheet,
  CharacterStore,
  FoldUnderWay,
  Game,
  GivenFeedback,
  SeatName,
  SessionEvent,
  SessionHeader,
  SessionState,
} from '@dcs/engine';
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { canonicalJson } from '../catalog/canonicalJson.ts';
import type { SessionResult } from './tables/sessions.ts';

/** Where the rules and the sheets of sessions are found. */
export interface Rules {
  readonly games: readonly Game[];
  readonly characters: Pick<CharacterStore, 'find'>;
}

/** The fold of an exported session, event by event. */
export interface SessionFold {
  take(event: SessionEvent): void;
  /** Of replies that still count. */
  feedback(): readonly GivenFeedback[];
  /** `null` where the rules or a sheet are missing. */
  result(): SessionResult | null;
}

interface KnownFold {
  readonly game: Game;
  readonly underWay: FoldUnderWay;
  state: SessionState;
}

class MissingSheet extends Error {}

/** `null` for a session whose configuration the game does not take any more. */
function begin(
  game: Game,
  header: SessionHeader,
  sheets: Readonly<Record<SeatName, CharacterSheet>>,
): KnownFold | null {
  try {
    const fold = foldOf(game, header, sheets);
    return { game, underWay: startFold(fold), state: fold.start };
  } catch (fault) {
    if (fault instanceof z.ZodError) return null;
    throw fault;
  }
}

async function sheetsFor(
  { characters }: Rules,
  { cast }: SessionHeader,
): Promise<Readonly<Record<SeatName, CharacterSheet>> | null> {
  try {
    return await findSheets(characters, cast, () => new MissingSheet());
  } catch (fault) {
    if (fault instanceof MissingSheet) return null;
    throw fault;
  }
}

/**
 * Names what the events of an exported session fold to: SHA-256, in hexadecimal, of the canonical JSON of the state. It is
 * not the hash of the history: no seed is part of it, and players have pseudonyms.
 */
function exportedStateHash(state: SessionState): string {
  return createHash('sha256').update(canonicalJson(state)).digest('hex');
}

const SECOND_MS = 1000;

/** Begins to fold a session; the same header and events give the same result here and where an export is verified. */
export async function foldSession(rules: Rules, header: SessionHeader): Promise<SessionFold> {
  const game = rules.games.find(({ name }) => name === header.game);
  const sheets = game === undefined ? null : await sheetsFor(rules, header);
  let feedback: readonly GivenFeedback[] = [];
  const known = game === undefined || sheets === null ? null : begin(game, header, sheets);
  return {
    take: (event) => {
      feedback = foldFeedback(feedback, event);
      if (known !== null) known.state = known.underWay.take(event);
    },
    feedback: () => feedback,
    result: () => (known === null ? null : resultOf(known)),
  };
}

function resultOf({ game, state }: KnownFold): SessionResult {
  const { status, turns, endedAt, terminationReason } = summarise(game, state);
  return {
    summary: { status, turns, endedAt, terminationReason },
    playedSeconds: Math.floor(runtimeMs(state, state.lastAt) / SECOND_MS),
    outcome: game.outcome?.(state.game) ?? null,
    stateHash: exportedStateHash(state),
  };
}
