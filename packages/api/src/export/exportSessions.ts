import { evaluationIn } from '@dcs/engine';
import type { ExperimentState, Game, SessionEvent, SessionHeader, SessionLog } from '@dcs/engine';
import type { SessionCatalogue } from '../store/ports.ts';
import { foldSession } from './foldedSession.ts';
import type { Rules } from './foldedSession.ts';
import { playedSessions } from './playedSessions.ts';
import type { PlayedSession } from './playedSessions.ts';
import type { Pseudonyms } from './pseudonyms.ts';
import { CHARACTERS_TABLE } from './tables/characters.ts';
import type { CharacterRow } from './tables/characters.ts';
import { EVENTS_TABLE } from './tables/events.ts';
import { FEEDBACK_TABLE } from './tables/feedback.ts';
import { SCORES_TABLE, scoreRow } from './tables/scores.ts';
import type { ScoreRow } from './tables/scores.ts';
import { SESSIONS_TABLE } from './tables/sessions.ts';
import { openTable, writeTable } from './tableWriter.ts';
import type { WrittenTable } from './tableWriter.ts';
import type { ExportTarget } from './target.ts';

export interface SessionExportPorts extends Rules {
  readonly sessions: Pick<SessionCatalogue, 'get'>;
  readonly log: Pick<SessionLog, 'read'>;
  readonly pseudonyms: Pseudonyms;
}

export interface ExportedSessions {
  readonly tables: readonly WrittenTable[];
  /** The number of the last event of each session. */
  readonly asOf: ReadonlyMap<string, number>;
}

const LOG_PAGE = 500;

/** The events of a session as they are now, with pseudonyms, a page in memory at a time. */
async function* eventsOf(
  { log, pseudonyms }: SessionExportPorts,
  { sessionId, playerIds }: { readonly sessionId: string; readonly playerIds: readonly string[] },
): AsyncGenerator<SessionEvent> {
  const named = (event: SessionEvent): SessionEvent => {
    // Those who run it have never held a seat.
    const by = event.data?.['playerId'];
    const others = typeof by === 'string' ? [...playerIds, by] : playerIds;
    return {
      ...event,
      data: event.data === null ? null : pseudonyms.within(event.data, others),
      commandId: event.commandId === null ? null : pseudonyms.within(event.commandId, others),
    };
  };
  for (let lastSeq = 0; ;) {
    const page = await log.read(sessionId, lastSeq, LOG_PAGE);
    for (const event of page) yield named(event);
    if (page.length < LOG_PAGE) return;
    lastSeq = page.at(-1)?.seq ?? lastSeq;
  }
}

function namedHeader(header: SessionHeader, pseudonyms: Pseudonyms): SessionHeader {
  const seats = Object.entries(header.seats).map(([seat, holder]) => [
    seat,
    holder.kind === 'player' ? { ...holder, playerId: pseudonyms.of(holder.playerId) } : holder,
  ]);
  return { ...header, ownerId: pseudonyms.of(header.ownerId), seats: Object.fromEntries(seats) };
}

/** The score that an event holds, if any. */
export function scoreIn(game: Game | undefined, event: SessionEvent): ScoreRow | null {
  if (game?.evaluating === undefined) return null;
  const given = evaluationIn(game.evaluating, event);
  if (given === null) return null;
  const { sessionId, seq, kind, data } = event;
  const judge = kind === 'evaluation' && typeof data?.['judge'] === 'string' ? data['judge'] : null;
  return scoreRow({ sessionId, seq, isEvaluation: kind === 'evaluation', judge, given });
}

/** Writes the tables of all sessions that the experiment knows of, each session as of its last event now. */
export async function exportSessions(
  ports: SessionExportPorts,
  state: Pick<ExperimentState, 'assignments'>,
  target: ExportTarget,
): Promise<ExportedSessions> {
  const { sessions, games, pseudonyms } = ports;
  const [sessionTable, events, feedback, scores] = [
    await openTable(target, SESSIONS_TABLE),
    await openTable(target, EVENTS_TABLE),
    await openTable(target, FEEDBACK_TABLE),
    await openTable(target, SCORES_TABLE),
  ];
  const asOf = new Map<string, number>();
  const characters = new Map<string, CharacterRow>();

  async function learnCharacters({ cast }: SessionHeader): Promise<void> {
    for (const { hid, revision } of Object.values(cast)) {
      const name = `${hid}@${revision}`;
      const sheet = characters.has(name) ? null : await ports.characters.find({ hid, revision });
      if (sheet !== null) characters.set(name, { hid, revision, sheet });
    }
  }

  async function exportSession({ sessionId, assignment, attempts, position }: PlayedSession): Promise<void> {
    const record = await sessions.get(sessionId);
    if (record === null) throw new Error(`The experiment has a session ${sessionId} that is not kept.`);
    const header = namedHeader(record.header, pseudonyms);
    const playerIds = [record.header.ownerId, ...record.summary.playerIds];
    const game = games.find(({ name }) => name === header.game);
    const fold = await foldSession(ports, header);
    let lastSeq = 0;
    for await (const event of eventsOf(ports, { sessionId, playerIds })) {
      await events.write(event);
      fold.take(event);
      const score = scoreIn(game, event);
      if (score !== null) await scores.write(score);
      lastSeq = event.seq;
    }
    for (const one of fold.feedback()) await feedback.write({ ...one, sessionId });
    await sessionTable.write({
      sessionId,
      assignmentId: assignment.assignmentId,
      participant: pseudonyms.of(assignment.participantId),
      variant: assignment.game,
      attempts,
      position,
      header,
      lastSeq,
      result: fold.result(),
    });
    asOf.set(sessionId, lastSeq);
    await learnCharacters(record.header);
  }

  for (const played of playedSessions(state)) await exportSession(played);
  const characterTable = await writeTable(target, CHARACTERS_TABLE, characters.values());
  const written = [sessionTable, events, feedback, scores];
  const tables: WrittenTable[] = [];
  for (const table of written) tables.push(await table.close());
  return { tables: [...tables, characterTable], asOf };
}
