import { SESSION_STATUSES } from '@dcs/engine';
import type {
  Cast,
  JsonObject,
  ModelChoice,
  SeatHolder,
  Seats,
  SessionHeader,
  SessionRecord,
  SessionSummary,
  StoppingCondition,
} from '@dcs/engine';
import type { Models } from '../../../../../prisma/contract.d.ts';
import { dateOf, memberOf, timeOf } from './records.ts';

/** A session as the contract stores it, without the driver's `_id`. */
export interface SessionDocument extends Omit<Models.unbound_Session, '_id' | 'flags'> {
  /** A list is left out rather than `null`. */
  readonly flags?: readonly number[] | null;
}

type SummaryField =
  'status' | 'turns' | 'lastSeq' | 'lastActiveAt' | 'playerIds' | 'endedAt' | 'terminationReason' | 'held';

const SEAT_KINDS = ['player', 'model', 'open'] as const satisfies readonly SeatHolder['kind'][];

/** Lists, not maps: a seat's name is then never part of a path, and the seats keep their order. */
function toSeats(seats: Seats): SessionDocument['seats'] {
  return Object.entries(seats).map(([seat, holder]) => {
    return { seat, kind: holder.kind, playerId: holder.kind === 'player' ? holder.playerId : null };
  });
}

function fromSeat({ kind: kept, playerId }: SessionDocument['seats'][number]): SeatHolder {
  const kind = memberOf(SEAT_KINDS, kept, 'seat holder');
  return kind === 'player' ? { kind, playerId: playerId ?? '' } : { kind };
}

export function toCast(cast: Cast): SessionDocument['cast'] {
  return Object.entries(cast).map(([seat, { hid, revision }]) => ({ seat, hid, revision }));
}

export function fromCast(cast: SessionDocument['cast']): Cast {
  return Object.fromEntries(cast.map(({ seat, hid, revision }) => [seat, { hid, revision }]));
}

export function toHeaderFields(header: SessionHeader): Omit<SessionDocument, SummaryField> {
  return {
    sessionId: header.sessionId,
    game: header.game,
    gameVersion: header.gameVersion,
    ownerId: header.ownerId,
    commandId: header.commandId,
    source: header.source,
    seed: header.seed,
    configJson: JSON.stringify(header.config),
    modelsJson: header.models === undefined ? null : JSON.stringify(header.models),
    stoppingConditionsJson: JSON.stringify(header.stoppingConditions),
    cast: toCast(header.cast),
    seats: toSeats(header.seats),
    createdAt: new Date(header.createdAt),
    parentSessionId: header.parent?.sessionId ?? null,
    parentSeq: header.parent?.seq ?? null,
    experimentId: header.experimentId ?? null,
    archivedAt: null,
    ...(header.flags === undefined ? {} : { flags: [...header.flags] }),
  };
}

export function toSummaryFields(summary: SessionSummary): Pick<SessionDocument, SummaryField> {
  return {
    status: summary.status,
    turns: summary.turns,
    lastSeq: summary.lastSeq,
    lastActiveAt: new Date(summary.lastActiveAt),
    playerIds: summary.playerIds,
    endedAt: dateOf(summary.endedAt),
    terminationReason: summary.terminationReason,
    held: summary.held ?? null,
  };
}

export function fromSessionDocument(document: SessionDocument): SessionRecord {
  const { parentSessionId, parentSeq } = document;
  const config: JsonObject = JSON.parse(document.configJson);
  const models: ModelChoice | null = document.modelsJson ? JSON.parse(document.modelsJson) : null;
  const stoppingConditions: StoppingCondition[] = JSON.parse(document.stoppingConditionsJson);
  return {
    header: {
      sessionId: document.sessionId,
      game: document.game,
      gameVersion: document.gameVersion,
      ownerId: document.ownerId,
      source: document.source,
      ...(document.experimentId ? { experimentId: document.experimentId } : {}),
      seed: document.seed,
      config,
      ...(models === null ? {} : { models }),
      stoppingConditions,
      cast: fromCast(document.cast),
      seats: Object.fromEntries(document.seats.map((seat) => [seat.seat, fromSeat(seat)])),
      createdAt: document.createdAt.getTime(),
      parent:
        parentSessionId === null || parentSeq === null
          ? null
          : { sessionId: parentSessionId, seq: parentSeq },
      ...(document.flags ? { flags: document.flags } : {}),
      commandId: document.commandId,
    },
    summary: {
      status: memberOf(SESSION_STATUSES, document.status, 'session status'),
      turns: document.turns,
      lastSeq: document.lastSeq,
      lastActiveAt: document.lastActiveAt.getTime(),
      playerIds: document.playerIds,
      endedAt: timeOf(document.endedAt),
      terminationReason: document.terminationReason,
      ...(document.held === true ? { held: true } : {}),
    },
  };
}
