import { z } from 'zod';
import type { GameEntry } from '../game/registry.ts';
import type { JsonObject } from '../json.ts';
import type { SessionPorts } from './liveSession.ts';
import { castSeats, seatsAtStart } from './casting.ts';
import { failure } from './failure.ts';
import { FLAGS_IN_FORCE } from './flags.ts';
import type { Failure } from './failure.ts';
import type { SessionHeader, SessionRecord } from './session.ts';
import type { CreateSession } from './sessionManager.ts';
import { initialState } from './state.ts';
import { parseStoppingCondition, STOPPING_ATTRIBUTES } from './stoppingConditions.ts';
import type { StoppingCondition } from './stoppingConditions.ts';

const configObjectSchema: z.ZodType<JsonObject> = z.record(z.string(), z.json());

type Configured =
  | {
      readonly ok: true;
      readonly config: JsonObject;
      readonly stoppingConditions: readonly StoppingCondition[];
    }
  | Failure;

/** The file's configuration with the session's overrides, checked by the game, and the limits that follow from it. */
function configure(entry: GameEntry, overrides: JsonObject): Configured {
  const parsed = entry.game.configSchema.safeParse({ ...entry.file.config, ...overrides });
  if (!parsed.success) return failure('game/invalid-config', z.prettifyError(parsed.error));
  const config = configObjectSchema.parse(parsed.data);
  const stoppingConditions: StoppingCondition[] = [];
  for (const attribute of STOPPING_ATTRIBUTES) {
    for (const text of entry.file.stoppingConditions[attribute] ?? []) {
      const condition = parseStoppingCondition(attribute, text, config);
      if (!condition.ok) return failure('game/invalid-config', condition.message);
      stoppingConditions.push(condition.condition);
    }
  }
  return { ok: true, config, stoppingConditions };
}

/** Writes the header of a new session. Its log stays empty until it is opened, so that creating costs one write. */
export async function createSession(
  ports: SessionPorts,
  request: CreateSession,
): Promise<{ readonly ok: true; readonly record: SessionRecord } | Failure> {
  const entry = ports.games.find(request.game);
  if (entry === null) {
    const known = ports.games.entries.map((known) => known.game.name).join(', ');
    return failure('game/unknown', `There is no game "${request.game}". Games here: ${known}.`);
  }
  const configured = configure(entry, request.config ?? {});
  if (!configured.ok) return configured;
  const models = { ...entry.file.models, ...request.models };
  const { ids, seeds = ids } = ports;
  const seed = seeds.next();
  const casting = castSeats({
    entry,
    characters: await ports.characters.current(),
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
