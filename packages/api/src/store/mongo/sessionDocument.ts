import { SESSION_STATUSES } from '@dcs/engine';
import type {
  Cast,
  JsonObject,
  SeatHolder,
  Seats,
  SessionHeader,
  SessionRecord,
  SessionSummary,
  StoppingCondition,
} from '@dcs/engine';
import type { Models } from '../../../../../prisma/contract.d.ts';
import { dateOf, memberOf, timeOf } from './records.ts';

type Row = Models.unbound_Session;
type SummaryField =
  'status' | 'turns' | 'lastSeq' | 'lastActiveAt' | 'playerIds' | 'endedAt' | 'terminationReason';

const SEAT_KINDS = ['player', 'model', 'open'] as const satisfies readonly SeatHolder['kind'][];

/** Lists, not maps: a seat's name is then never part of a path, and the seats keep their order. */
function toSeats(seats: Seats): Row['seats'] {
  return Object.entries(seats).map(([seat, holder]) => {
    return { seat, kind: holder.kind, playerId: holder.kind === 'player' ? holder.playerId : null };
  });
}

function fromSeat({ kind: kept, playerId }: Row['seats'][number]): SeatHolder {
  const kind = memberOf(SEAT_KINDS, kept, 'seat holder');
  return kind === 'player' ? { kind, playerId: playerId ?? '' } : { kind };
}

function toCast(cast: Cast): Row['cast'] {
  return Object.entries(cast).map(([seat, { hid, revision }]) => ({ seat, hid, revision }));
}

export function toHeaderFields(header: SessionHeader): Omit<Row, '_id' | SummaryField> {
  return {
    sessionId: header.sessionId,
    game: header.game,
    gameVersion: header.gameVersion,
    ownerId: header.ownerId,
    commandId: header.commandId,
    source: header.source,
    seed: header.seed,
    configJson: JSON.stringify(header.config),
    stoppingConditionsJson: JSON.stringify(header.stoppingConditions),
    cast: toCast(header.cast),
    seats: toSeats(header.seats),
    createdAt: new Date(header.createdAt),
    parentSessionId: header.parent?.sessionId ?? null,
    parentSeq: header.parent?.seq ?? null,
  };
}

export function toSummaryFields(summary: SessionSummary): Pick<Row, SummaryField> {
  return {
    status: summary.status,
    turns: summary.turns,
    lastSeq: summary.lastSeq,
    lastActiveAt: new Date(summary.lastActiveAt),
    playerIds: summary.playerIds,
    endedAt: dateOf(summary.endedAt),
    terminationReason: summary.terminationReason,
  };
}

export function fromSessionRow(row: Omit<Row, '_id'>): SessionRecord {
  const { parentSessionId, parentSeq } = row;
  const config: JsonObject = JSON.parse(row.configJson);
  const stoppingConditions: StoppingCondition[] = JSON.parse(row.stoppingConditionsJson);
  return {
    header: {
      sessionId: row.sessionId,
      game: row.game,
      gameVersion: row.gameVersion,
      ownerId: row.ownerId,
      source: row.source,
      seed: row.seed,
      config,
      stoppingConditions,
      cast: Object.fromEntries(row.cast.map(({ seat, hid, revision }) => [seat, { hid, revision }])),
      seats: Object.fromEntries(row.seats.map((seat) => [seat.seat, fromSeat(seat)])),
      createdAt: row.createdAt.getTime(),
      parent:
        parentSessionId === null || parentSeq === null
          ? null
          : { sessionId: parentSessionId, seq: parentSeq },
      commandId: row.commandId,
    },
    summary: {
      status: memberOf(SESSION_STATUSES, row.status, 'session status'),
      turns: row.turns,
      lastSeq: row.lastSeq,
      lastActiveAt: row.lastActiveAt.getTime(),
      playerIds: row.playerIds,
      endedAt: timeOf(row.endedAt),
      terminationReason: row.terminationReason,
    },
  };
}
