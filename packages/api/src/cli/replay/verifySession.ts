import { isAfterword, isClassified, summarise, takeSnapshot, UnusableSnapshot } from '@dcs/engine';
import type { SessionEvent, SessionHeader, SessionState, SessionSummary } from '@dcs/engine';
import { canonicalJson } from '../../catalog/canonicalJson.ts';
import { stateHash } from '../../services/stateHash.ts';
import type { HistoryEntry } from '../../store/ports.ts';
import { version } from '../version.ts';
import { stepsUntil } from './keptSession.ts';
import type { KeptSession } from './keptSession.ts';

/** Something about a session that does not fit its log. */
export interface Finding {
  /** Stable; scripts branch on it. */
  readonly reason: `${'log' | 'fold' | 'summary' | 'snapshot' | 'history' | 'branch'}/${string}`;
  readonly message: string;
}

export interface Verification {
  readonly events: number;
  /** Of the state after the last event. */
  readonly stateHash: string;
  readonly findings: readonly Finding[];
}

/** Damage comes in runs: nobody reads the thousandth line about it. */
const MOST_LOG_FINDINGS = 20;

const isSame = (one: unknown, other: unknown): boolean => canonicalJson(one) === canonicalJson(other);

/** What is wrong with an event in its place. */
function eventFindings(header: SessionHeader, event: SessionEvent, before: SessionState): readonly Finding[] {
  const findings: Finding[] = [];
  const { seq, at, sessionId } = event;
  if (seq !== before.lastSeq + 1)
    findings.push({ reason: 'log/gap', message: `After event ${before.lastSeq} comes event ${seq}.` });
  // The first events of a branch are older than the branch.
  if (before.lastSeq > 0 && at < before.lastAt)
    findings.push({ reason: 'log/time-runs-back', message: `Event ${seq} is older than the one before it.` });
  if (sessionId !== header.sessionId)
    findings.push({ reason: 'log/foreign-event', message: `Event ${seq} is of session ${sessionId}.` });
  // What is thought of it may still be said.
  if (before.ended !== null && !isAfterword(event))
    findings.push({ reason: 'log/after-end', message: `Event ${seq} comes after the end of the session.` });
  if (!isClassified(event))
    findings.push({ reason: 'log/unclassified', message: `Event ${seq} is of no class that a log has.` });
  return findings;
}

function summaryFinding({ summary, game }: KeptSession, then: SessionState | undefined): readonly Finding[] {
  if (then === undefined) {
    const message = `The summary knows event ${summary.lastSeq}, which the log does not have.`;
    return [{ reason: 'summary/ahead', message }];
  }
  const folded: SessionSummary = summarise(game, then);
  const kept = new Map<string, unknown>(Object.entries(summary));
  return Object.entries(folded)
    .filter(([field, value]) => !isSame(kept.get(field), value))
    .map(([field, value]) => ({
      reason: 'summary/differs',
      message: `The summary says ${field} ${JSON.stringify(kept.get(field))}; folded to event ${then.lastSeq} it is ${JSON.stringify(value)}.`,
    }));
}

/** The summary of a branch is written before its log is copied, and tells of the copy as its owner will find it. */
const isWrittenAhead = ({ header, summary }: KeptSession): boolean => summary.lastSeq === header.parent?.seq;

type KeptSnapshot = Readonly<Record<'seq' | 'fold' | 'core' | 'game', unknown>>;

function isSnapshot(kept: unknown): kept is KeptSnapshot {
  return (
    typeof kept === 'object' && kept !== null && ['seq', 'fold', 'core', 'game'].every((key) => key in kept)
  );
}

/** A snapshot that cannot be used is thrown away by whoever loads the session, so it is none to be compared. */
async function usableSnapshot({ stores, header }: KeptSession): Promise<KeptSnapshot | null> {
  try {
    const kept = await stores.snapshots.get(header.sessionId);
    return isSnapshot(kept) ? kept : null;
  } catch (fault) {
    if (fault instanceof UnusableSnapshot) return null;
    throw fault;
  }
}

function snapshotFinding(
  session: KeptSession,
  kept: KeptSnapshot,
  then: SessionState | undefined,
): readonly Finding[] {
  if (then === undefined) {
    const message = `A snapshot is of event ${String(kept.seq)}, which the log does not have.`;
    return [{ reason: 'snapshot/not-of-log', message }];
  }
  const folded = takeSnapshot(session, { state: then, replies: new Map() });
  // Of another fold it will not be used either.
  if (folded === null || folded.fold !== kept.fold) return [];
  if (isSame([folded.core, folded.game], [kept.core, kept.game])) return [];
  const message = `The snapshot of event ${then.lastSeq} is not what the log folds to. Whoever loads the session meets another state.`;
  return [{ reason: 'snapshot/differs', message }];
}

/** Where the log stands that a history is of. */
interface FoldedLog {
  readonly header: SessionHeader;
  /** The last event but for feedback: what players say of a session that is over is in the log alone. */
  readonly lastSeq: number;
  /** The state at the end of the history. */
  readonly atItsEnd: SessionState | undefined;
}

function historyFindings(entry: HistoryEntry, { header, lastSeq, atItsEnd }: FoldedLog): readonly Finding[] {
  if (atItsEnd === undefined || entry.lastSeq < lastSeq) {
    const message = `The history ends with event ${entry.lastSeq}, the log with event ${lastSeq}.`;
    return [{ reason: 'history/differs', message }];
  }
  const hash = stateHash(header, atItsEnd);
  // Another version may keep its states in another form; only the same one must come to the same hash.
  if (entry.engineVersion !== version || entry.stateHash === hash) return [];
  const message = `The history has the state ${entry.stateHash}, and the log folds to ${hash} at event ${entry.lastSeq}.`;
  return [{ reason: 'history/differs', message }];
}

const PAGE = 500;

/** Whether a branch begins with what its parent says; the parent's own words are the truth. */
async function branchFindings({ stores, header }: KeptSession, lastSeq: number): Promise<readonly Finding[]> {
  const { parent, sessionId } = header;
  if (parent === null) return [];
  if (lastSeq <= parent.seq) {
    const message = `Only ${lastSeq} of ${parent.seq} events are copied. Whoever opens the session next finishes it.`;
    return [{ reason: 'branch/incomplete', message }];
  }
  for (let after = 0; after < parent.seq; after += PAGE) {
    const limit = Math.min(PAGE, parent.seq - after);
    const own = await stores.log.read(sessionId, after, limit);
    const original = await stores.log.read(parent.sessionId, after, limit);
    const differing = own.find((event, index) => !isSame(copyable(event), copyable(original[index])));
    if (differing !== undefined) {
      const message = `Event ${differing.seq} is not what it is in the parent, session ${parent.sessionId}.`;
      return [{ reason: 'branch/differs', message }];
    }
  }
  return [];
}

function copyable(event: SessionEvent | undefined): unknown {
  if (event === undefined) return null;
  const { sessionId: _sessionId, eventId: _eventId, ...rest } = event;
  return rest;
}

/**
 * Folds a session twice and compares what comes of it with everything that is kept beside the log: summary, snapshot,
 * history, and the parent of a branch. Changes nothing. What a server records meanwhile is left for the next time.
 */
export async function verifySession(session: KeptSession): Promise<Verification> {
  const { header, summary, fold, stores } = session;
  // Before the log, which may go on meanwhile.
  const history = await stores.history.get(header.sessionId);
  const snapshot = await usableSnapshot(session);
  const findings: Finding[] = [];
  const wanted = new Map<unknown, SessionState>([[0, fold.start]]);
  let last = fold.start;
  let lastOfPlay = 0;
  for await (const { event, state } of stepsUntil(session)) {
    if (findings.length < MOST_LOG_FINDINGS) findings.push(...eventFindings(header, event, last));
    if ([summary.lastSeq, snapshot?.seq, history?.lastSeq].includes(event.seq)) wanted.set(event.seq, state);
    last = state;
    if (!isAfterword(event)) lastOfPlay = event.seq;
  }
  const hash = stateHash(header, last);
  let again = fold.start;
  for await (const { state } of stepsUntil(session, last.lastSeq)) again = state;
  if (stateHash(header, again) !== hash)
    findings.push({ reason: 'fold/not-repeatable', message: 'Folded twice, the log makes two states.' });
  if (!isWrittenAhead(session)) findings.push(...summaryFinding(session, wanted.get(summary.lastSeq)));
  if (snapshot !== null) findings.push(...snapshotFinding(session, snapshot, wanted.get(snapshot.seq)));
  if (history !== null) {
    const atItsEnd = wanted.get(history.lastSeq);
    findings.push(...historyFindings(history, { header, lastSeq: lastOfPlay, atItsEnd }));
  }
  findings.push(...(await branchFindings(session, last.lastSeq)));
  return { events: last.lastSeq, stateHash: hash, findings };
}
