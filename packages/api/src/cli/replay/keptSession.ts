import { findSheets, foldOf, readSteps } from '@dcs/engine';
import type { CharacterSheet, Fold, Game, SeatName, SessionRecord, Step } from '@dcs/engine';
import type { Stores } from '../../store/ports.ts';
import { CliFailure } from '../cliFailure.ts';
import type { OpenData } from '../openData.ts';

/** A session as it is kept, and everything but its log that it is folded from. */
export interface KeptSession extends SessionRecord {
  readonly stores: Stores;
  readonly game: Game;
  /** Of the cast, by seat. */
  readonly sheets: Readonly<Record<SeatName, CharacterSheet>>;
  readonly fold: Fold;
}

/** Rejects with a failure that says what is missing. */
export async function findSession(
  { stores, where }: OpenData,
  games: readonly Game[],
  sessionId: string,
): Promise<KeptSession> {
  const record = await stores.sessions.get(sessionId);
  if (record === null) throw new CliFailure(`There is no session ${sessionId} in ${where}.`);
  const { header } = record;
  const game = games.find(({ name }) => name === header.game);
  if (game === undefined) {
    throw new CliFailure(
      `Session ${sessionId} is of the game ${header.game}, which this version does not have.`,
    );
  }
  const sheets = await findSheets(
    stores.characters,
    header.cast,
    ({ hid, revision }) =>
      new CliFailure(`The character ${hid} in revision ${revision} is missing in ${where}.`),
  );
  return { ...record, stores, game, sheets, fold: foldOf(game, header, sheets) };
}

/** The session from its first event to `untilSeq`, if given: what a server adds meanwhile to its log is left out then. */
export async function* stepsUntil(
  { stores, header, fold }: KeptSession,
  untilSeq = Number.POSITIVE_INFINITY,
): AsyncGenerator<Step, void> {
  for await (const step of readSteps(stores.log, header.sessionId, fold)) {
    if (step.event.seq > untilSeq) return;
    yield step;
  }
}
