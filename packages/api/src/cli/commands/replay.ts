import type { Game, Viewer } from '@dcs/engine';
import { stateHash } from '../../services/stateHash.ts';
import { pointDto, stepTeller } from '../../services/stepDto.ts';
import { CliFailure, EXIT } from '../cliFailure.ts';
import type { ExitCode } from '../cliFailure.ts';
import type { CliIo } from '../io.ts';
import type { DatabaseFlags, DataPorts } from '../openData.ts';
import { shownPath } from '../projectFolders.ts';
import { findSession, stepsUntil } from '../replay/keptSession.ts';
import type { KeptSession } from '../replay/keptSession.ts';
import { footLine, headLines, playTeller } from '../replay/playText.ts';
import { recordFile, recordingName } from '../replay/recordFile.ts';
import { createTakenBack } from '../replay/takenBack.ts';
import { verifySession } from '../replay/verifySession.ts';

export interface ReplayOptions extends DatabaseFlags {
  readonly sessionId: string;
  /** The play begins after this event. */
  readonly after: number;
  /** The last event of the play. */
  readonly until?: number;
  readonly json?: boolean;
  readonly verify?: boolean;
  /** Where to write a recording. */
  readonly record?: string;
}

export interface ReplayPorts extends Pick<DataPorts, 'openData'> {
  /** Those that a session may be of. */
  readonly games: () => Promise<readonly Game[]>;
}

/** Whoever may read the database sees all of it. */
const OPERATOR: Viewer = { seat: null, seesAll: true };

interface Stretch {
  readonly session: KeptSession;
  readonly after: number;
  /** The last event to tell: of the log, when nothing else was said. */
  readonly until: number;
  readonly doesNotCount: ReturnType<typeof createTakenBack>['has'];
}

/** Goes through the log once, to know beforehand what later roll-backs take out of the game, and where it ends. */
async function findStretch(session: KeptSession, { after, until }: ReplayOptions): Promise<Stretch> {
  const takenBack = createTakenBack();
  let lastSeq = 0;
  for await (const { event } of stepsUntil(session)) {
    takenBack.learn(event);
    lastSeq = event.seq;
  }
  if (after > lastSeq) {
    throw new CliFailure(`The session has ${lastSeq} events: nothing comes after event ${after}.`);
  }
  return { session, after, until: Math.min(until ?? lastSeq, lastSeq), doesNotCount: takenBack.has };
}

async function tellPlay(io: CliIo, { session, after, until, doesNotCount }: Stretch): Promise<void> {
  for (const line of headLines(session)) io.line(line);
  const tell = playTeller(session, session.header, doesNotCount);
  let last = session.fold.start;
  for await (const { event, state } of stepsUntil(session, until)) {
    last = state;
    if (event.seq > after) for (const line of tell(event, state)) io.line(line);
  }
  io.line('');
  io.line(footLine(session, last));
  io.line(`State ${stateHash(session.header, last)}`);
}

/** The seed stays here: it says how the dice of a session that goes on will fall. */
function publicHeader({ header }: KeptSession) {
  const { seed: _seed, ...rest } = header;
  return rest;
}

/** One line for the session, one for each step, one for the state at the end, so that no session is too long. */
async function tellJson(io: CliIo, { session, after, until }: Stretch): Promise<void> {
  const { fold, header } = session;
  let last = fold.start;
  let tell: ReturnType<typeof stepTeller> | null = null;
  const begin = (): NonNullable<typeof tell> => {
    io.jsonLine({
      type: 'session',
      header: publicHeader(session),
      afterSeq: after,
      start: pointDto(fold, last, OPERATOR),
    });
    return stepTeller(fold, last, OPERATOR);
  };
  for await (const step of stepsUntil(session, until)) {
    if (step.event.seq > after) {
      tell ??= begin();
      io.jsonLine({ type: 'step', ...tell(step) });
    }
    last = step.state;
  }
  tell ??= begin();
  io.jsonLine({ type: 'end', lastSeq: last.lastSeq, stateHash: stateHash(header, last) });
}

async function verify(io: CliIo, session: KeptSession, json: boolean): Promise<ExitCode> {
  const verification = await verifySession(session);
  const { events, findings } = verification;
  const ok = findings.length === 0;
  if (json) io.json({ ok, sessionId: session.header.sessionId, ...verification });
  else {
    for (const { reason, message } of findings) io.line(`${reason}: ${message}`);
    io.line(ok ? `All is as the log says: ${events} events.` : `The log has ${events} events.`);
    io.line(`State ${verification.stateHash}`);
  }
  return ok ? EXIT.ok : EXIT.failed;
}

/** `dcs replay <sessionId>`: a session from its log, as a play, as steps, verified, or into a recording. Changes nothing. */
export async function replay(io: CliIo, options: ReplayOptions, ports: ReplayPorts): Promise<ExitCode> {
  const { sessionId, after, until, json = false, record } = options;
  if (until !== undefined && until < after) {
    throw new CliFailure('--until must not be before --after.', { exitCode: EXIT.usage });
  }
  // Before the database is opened, which takes a while.
  if (record !== undefined) recordingName(record);
  await using data = await ports.openData(options);
  const session = await findSession(data, await ports.games(), sessionId);
  if (options.verify === true) return await verify(io, session, json);
  if (record !== undefined) {
    const events = await recordFile(session, record);
    io.note(`Recorded ${events} events in ${shownPath(record)}, with everything that was said in them.`);
    return EXIT.ok;
  }
  const stretch = await findStretch(session, options);
  if (json) await tellJson(io, stretch);
  else await tellPlay(io, stretch);
  return EXIT.ok;
}
