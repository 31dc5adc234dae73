import type { CharacterSheet, ExperimentState, Game, SessionEvent, SessionHeader } from '@dcs/engine';
import { createHash } from 'node:crypto';
import { writtenRow } from '../column.ts';
import type { Table, WrittenRow } from '../column.ts';
import { scoreIn } from '../exportSessions.ts';
import { foldSession } from '../foldedSession.ts';
import type { SessionFold } from '../foldedSession.ts';
import { playedSessions } from '../playedSessions.ts';
import { FEEDBACK_TABLE } from '../tables/feedback.ts';
import { SCORES_TABLE } from '../tables/scores.ts';
import { SESSIONS_TABLE } from '../tables/sessions.ts';
import type { SessionRow } from '../tables/sessions.ts';
import { jsonlFile } from '../tableWriter.ts';
import { compareCells } from './checkRecords.ts';
import { pinnedCheck } from './checkPinned.ts';
import type { OpenExport } from './checkTable.ts';
import { whyNot } from './findings.ts';
import { eventOf, headerOf } from './parsers.ts';

export interface SessionCheckPorts {
  readonly games: readonly Game[];
  /** By handle and revision, as `NA@r1`. */
  readonly sheets: ReadonlyMap<string, CharacterSheet>;
  readonly rows: ReadonlyMap<unknown, WrittenRow>;
}

export interface SessionsChecked {
  readonly sessions: number;
  /** How many of them were folded again. */
  readonly folded: number;
}

interface OpenSession {
  readonly sessionId: string;
  readonly row: WrittenRow;
  readonly header: SessionHeader;
  readonly fold: SessionFold;
  lastSeq: number;
  lastAt: number;
}

/** The text that a table should be, by its hash: one that is made again row by row and never held. */
function expectedTable<Row>(table: Table<Row>) {
  const hash = createHash('sha256');
  return {
    add: (row: Row): void => void hash.update(`${JSON.stringify(writtenRow(table, row))}\n`),
    check: ({ manifest, findings }: OpenExport): void => {
      const written = manifest.files.find(({ name }) => name === jsonlFile(table.name))?.sha256;
      if (hash.digest('hex') === written) return;
      findings.add('session/differs', `The table ${table.name} is not what the events of the sessions say.`);
    },
  };
}

/** The row that the log of the experiment, and the header, make of a session that has been folded. */
function expectedRow(
  { header, fold, lastSeq }: OpenSession,
  played: Pick<SessionRow, 'assignmentId' | 'participant' | 'variant' | 'attempts' | 'position'>,
): WrittenRow {
  const { sessionId } = header;
  return writtenRow(SESSIONS_TABLE, { ...played, sessionId, header, lastSeq, result: fold.result() });
}

/** Whether each session's events are whole and in order, and fold to what the tables say of it. */
export async function checkSessions(
  opened: OpenExport,
  { games, sheets, rows }: SessionCheckPorts,
  { state, events }: { readonly state: ExperimentState; readonly events: AsyncIterable<WrittenRow> },
): Promise<SessionsChecked> {
  const { findings } = opened;
  const characters = {
    find: ({ hid, revision }: { readonly hid: string; readonly revision: string }) =>
      Promise.resolve(sheets.get(`${hid}@${revision}`) ?? null),
  };
  const played = new Map([...playedSessions(state)].map((session) => [session.sessionId, session]));
  const feedback = expectedTable(FEEDBACK_TABLE);
  const scores = expectedTable(SCORES_TABLE);
  const done = new Set<string>();
  const checkPinned = pinnedCheck(opened.manifest.revisions, findings);
  let folded = 0;

  async function begin(sessionId: string): Promise<OpenSession | null> {
    const row = rows.get(sessionId);
    if (row === undefined || done.has(sessionId)) {
      const why = row === undefined ? 'is not in the table sessions' : 'has events in two places';
      findings.add('session/misplaced', `Session ${sessionId} ${why}.`);
      return null;
    }
    const header = headerOf(row);
    if (header === null) {
      findings.add('table/unreadable', `The row of session ${sessionId} is not that of a session.`);
      done.add(sessionId);
      return null;
    }
    return {
      sessionId,
      row,
      header,
      fold: await foldSession({ games, characters }, header),
      lastSeq: 0,
      lastAt: 0,
    };
  }

  function take(session: OpenSession, event: SessionEvent): void {
    const { fold, header, lastSeq } = session;
    if (event.seq !== lastSeq + 1) {
      findings.add('session/gap', `After event ${lastSeq} of ${event.sessionId} comes event ${event.seq}.`);
    }
    // The first events of a branch are older than the branch.
    if (lastSeq > 0 && event.at < session.lastAt) {
      const message = `Event ${event.seq} of ${event.sessionId} is older than the one before it.`;
      findings.add('session/time-runs-back', message);
    }
    session.lastSeq = event.seq;
    session.lastAt = event.at;
    try {
      fold.take(event);
    } catch (fault) {
      const message = `Event ${event.seq} of ${event.sessionId} cannot be folded: ${whyNot(fault)}`;
      findings.add('session/unfoldable', message);
      return;
    }
    const score = scoreIn(
      games.find(({ name }) => name === header.game),
      event,
    );
    if (score !== null) scores.add(score);
  }

  function end(session: OpenSession): void {
    const { sessionId, row, fold } = session;
    done.add(sessionId);
    for (const one of fold.feedback()) feedback.add({ ...one, sessionId });
    const known = played.get(sessionId);
    if (known === undefined) {
      findings.add('log/row-unknown', `The log of the experiment knows nothing of session ${sessionId}.`);
      return;
    }
    const { assignment, attempts, position } = known;
    checkPinned(session.header, assignment.revision);
    const { assignmentId, participantId: participant, game: variant } = assignment;
    const wanted = expectedRow(session, { assignmentId, participant, variant, attempts, position });
    const isFolded = fold.result() !== null;
    if (isFolded) folded += 1;
    // Where the game is not known here, nothing can be said of what its events fold to.
    const told = Object.entries(wanted).filter(([, value]) => isFolded || value !== null);
    compareCells(`sessions of ${sessionId}`, { found: row, wanted: Object.fromEntries(told) }, findings);
  }

  let open: OpenSession | null = null;
  let sessionId: string | null = null;
  for await (const row of events) {
    const event = eventOf(row);
    if (event.sessionId !== sessionId) {
      if (open !== null) end(open);
      open = await begin(event.sessionId);
      sessionId = event.sessionId;
    }
    if (open !== null) take(open, event);
  }
  if (open !== null) end(open);

  for (const id of new Set([...rows.keys(), ...played.keys()])) {
    if (typeof id !== 'string' || done.has(id)) continue;
    // Nothing may have happened yet in a session; then it has no events.
    const session = await begin(id);
    if (session !== null) end(session);
  }
  feedback.check(opened);
  if (folded === rows.size) scores.check(opened);
  return { sessions: rows.size, folded };
}
