import type { SessionPorts } from './liveSession.ts';
import { castSeats, seatsAtStart } from './casting.ts';
import { configureGame } from './configureGame.ts';
import { failure } from './failure.ts';
import { FLAGS_IN_FORCE } from './flags.ts';
import type { Failure } from './failure.ts';
import type { SessionHeader, SessionRecord } from './session.ts';
import type { CreateSession } from './sessionManager.ts';
import { initialState } from './state.ts';

/** Writes the header of a new session. Its log stays empty until it is opened, so that creating costs one write. */
export async function createSession(
  ports: SessionPorts,
  request: CreateSession,
): Promise<{ readonly ok: true; readonly record: SessionRecord } | Failure> {
  const { pinned } = request;
  const found = pinned === undefined ? ports.games.find(request.game) : ports.games.played(request.game);
  if (found === null) {
    const known = ports.games.entries.map((known) => known.game.name).join(', ');
    return failure('game/unknown', `There is no game "${request.game}". Games here: ${known}.`);
  }
  const entry = pinned === undefined ? found : { ...found, file: pinned.file };
  const configured = configureGame(entry, request.config ?? {});
  if (!configured.ok) return configured;
  const models = { ...entry.file.models, ...request.models };
  const { ids, seeds = ids } = ports;
  const seed = seeds.next();
  const casting = castSeats({
    entry,
    characters: pinned?.characters ?? (await ports.characters.current()),
    wanted: request.characters ?? {},
    seed,
  });
  if (!casting.ok) return casting;
  const header: SessionHeader = {
    sessionId: ids.next(),
    game: entry.game.name,
    gameVersion: entry.file.version,
    ownerId: request.ownerId,
    source: request.source,
    ...(request.experimentId === undefined ? {} : { experimentId: request.experimentId }),
    seed,
    config: configured.config,
    ...(Object.keys(models).length === 0 ? {} : { models }),
    stoppingConditions: configured.stoppingConditions,
    cast: casting.cast,
    seats: seatsAtStart(entry, request.ownerId),
    createdAt: ports.clock.now(),
    parent: null,
    ...(FLAGS_IN_FORCE.length === 0 ? {} : { flags: FLAGS_IN_FORCE }),
    commandId: request.commandId,
  };
  const { header: created } = await ports.sessions.create(header, newSummary(header));
  // As it was when it was created, however much later the same command comes again: its reply is the same.
  return { ok: true, record: { header: created, summary: newSummary(created) } };
}

function newSummary(header: SessionHeader): SessionRecord['summary'] {
  return {
    status: 'active',
    turns: 0,
    lastSeq: 0,
    lastActiveAt: header.createdAt,
    playerIds: initialState(header, null).playerIds,
    endedAt: null,
    terminationReason: null,
  };
}
