import { seatOf } from '@dcs/engine';
import type {
  Cast,
  Evaluating,
  GameRegistry,
  JsonObject,
  Seats,
  SessionHeader,
  SessionRecord,
  SessionPresent,
  SessionStatus,
  SessionSummary,
  Viewer,
} from '@dcs/engine';
import type { CastDto, ModelDto, SeatDto, SessionDto, SessionRowDto } from '../dto.ts';
import { isoTime } from '../isoTime.ts';
import type { Principal } from './authorise.ts';
import type { CastLabels } from './castLabels.ts';

export interface SessionDtoPorts {
  readonly games: GameRegistry;
  readonly labels: CastLabels;
  readonly model: ModelDto;
}

/** Through which eyes a principal sees a session: a seat's, when it holds one; an admin's without a seat see all. */
export function viewerOf(principal: Principal, seats: Seats): Viewer {
  const seat = seatOf(seats, principal.playerId);
  const { playerId, role } = principal;
  return { seat, seesAll: seat === null && role === 'admin', playerId };
}

function seatHolder(seats: Seats, name: string, playerId: string): SeatDto['holder'] {
  const holder = seats[name];
  if (holder === undefined) return 'open';
  return holder.kind === 'player' && holder.playerId === playerId ? 'you' : holder.kind;
}

interface Played {
  readonly game: string;
  readonly cast: Cast;
  readonly config: JsonObject;
}

/** In lists: a hidden character stays hidden when the game is over. */
export const AS_PLAYER: Viewer = { seat: null, seesAll: false };

/** Who plays whom, as far as a viewer may know it. */
export async function shownCast(
  { games, labels }: Pick<SessionDtoPorts, 'games' | 'labels'>,
  { game, cast, config }: Played,
  viewer: Viewer,
): Promise<Readonly<Record<'pc' | 'npc', CastDto | null>>> {
  const rules = games.played(game)?.game;
  const shown = async (seat: 'pc' | 'npc'): Promise<CastDto | null> => {
    const isOpen = viewer.seesAll || viewer.seat === seat || rules?.hidesCharacter?.(config, seat) !== true;
    return isOpen ? labels.of(cast, seat) : null;
  };
  const [pc, npc] = await Promise.all([shown('pc'), shown('npc')]);
  return { pc, npc };
}

/** Whether a reader may know how a session came out: admins always, others where it is shown to those who play. */
export function isEvaluationShown(
  evaluating: Evaluating<never> | undefined,
  header: SessionHeader,
  { role }: Principal,
): boolean {
  return evaluating !== undefined && (role === 'admin' || evaluating.isShown(header));
}

/** The present of a session for one reader. */
export async function sessionDto(
  ports: SessionDtoPorts,
  present: SessionPresent,
  principal: Principal,
): Promise<SessionDto> {
  const { header, seats, held } = present;
  const entry = ports.games.played(header.game);
  const { pc, npc } = await shownCast(ports, header, viewerOf(principal, seats));
  return {
    sessionId: header.sessionId,
    game: header.game,
    title: entry?.file.title ?? header.game,
    status: present.status,
    held: held === null ? null : { since: isoTime(held.since), reason: held.reason },
    seats: (entry?.game.seats ?? []).map(({ name, title }) => ({
      name,
      title,
      holder: seatHolder(seats, name, principal.playerId),
    })),
    yourSeat: seatOf(seats, principal.playerId),
    pc,
    npc,
    turns: present.turns,
    lastSeq: present.lastSeq,
    opened: present.opened,
    exited: present.exited,
    exitReason: present.exitReason,
    maxTurns: present.maxTurns,
    maxRuntimeSeconds: present.maxRuntimeSeconds,
    runtimeMs: present.runtimeMs,
    measuredAt: isoTime(present.measuredAt),
    createdAt: isoTime(header.createdAt),
    parent: principal.role === 'admin' || principal.playerId === header.ownerId ? header.parent : null,
    experiment: header.experimentId ?? null,
    commands: (entry?.game.commands ?? []).map(({ name, description }) => ({ name, description })),
    takesText: entry?.game.takesText ?? true,
    evaluationShown: isEvaluationShown(entry?.game.evaluating, header, principal),
    model: ports.model,
  };
}

/** A session that was left running, by a crash for instance, rests until somebody comes back to it. */
function restingStatus(summary: SessionSummary): SessionStatus {
  return summary.status === 'active' && summary.lastSeq > 0 ? 'paused' : summary.status;
}

/** A row of a list. `live` is the session's present when it is in memory; the stored summary may lag behind it. */
export async function sessionRowDto(
  ports: SessionDtoPorts,
  { header, summary }: SessionRecord,
  live: SessionPresent | null,
): Promise<SessionRowDto> {
  const { pc, npc } = await shownCast(ports, header, AS_PLAYER);
  const endedAt = live?.endedAt ?? summary.endedAt;
  return {
    sessionId: header.sessionId,
    game: header.game,
    title: ports.games.played(header.game)?.file.title ?? header.game,
    status: live?.status ?? restingStatus(summary),
    pc,
    npc,
    turns: live?.turns ?? summary.turns,
    lastSeq: live?.lastSeq ?? summary.lastSeq,
    createdAt: isoTime(header.createdAt),
    lastActiveAt: isoTime(summary.lastActiveAt),
    endedAt: endedAt === null ? null : isoTime(endedAt),
    exitReason: live?.exitReason ?? summary.terminationReason,
  };
}
