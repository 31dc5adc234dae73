import { seatOf } from '@dcs/engine';
import type { Seats } from '@dcs/engine';
import { ApiError } from '../errors.ts';
import type { PlayerRole } from '../store/ports.ts';

/** Who is asking, as their access key says. */
export interface Principal {
  readonly playerId: string;
  readonly role: PlayerRole;
  readonly keyId: string;
  /** Whether they came in without registering. */
  readonly anonymous: boolean;
}

/** What authorisation needs to know of a session. */
export interface SessionFacts {
  readonly ownerId: string;
  readonly seats: Seats;
  /** Everyone who has ever held a seat. */
  readonly playerIds: readonly string[];
}

/** Everything that can be asked for, with what it is asked of. A session that does not exist is `null`. */
export interface Permissions {
  readonly 'player.self': null;
  readonly 'session.create': null;
  readonly 'session.list': null;
  /** To read and to follow. */
  readonly 'session.read': SessionFacts | null;
  /** To go on from a place in it in a session of one's own. */
  readonly 'session.branch': SessionFacts | null;
  /** To act from a seat, or to open and close. */
  readonly 'session.play': SessionFacts | null;
  /** To take an open seat: whoever was told the session's unguessable id is invited. */
  readonly 'session.join': SessionFacts | null;
  /** To see how far an experiment is. */
  readonly 'experiment.read': null;
  /** To take part in an experiment, or to leave it. */
  readonly 'experiment.join': null;
  /** To act on other people's accounts. */
  readonly 'admin.players': null;
  /** To read whole sheets, and to change who there is to play. */
  readonly 'admin.characters': null;
  /** To watch experiments, and to steer them. */
  readonly 'admin.experiments': null;
  /** To watch what others play, and to steer it. */
  readonly 'admin.sessions': null;
  /** To see who did what. */
  readonly 'admin.audit': null;
  /** To see how much is going on. */
  readonly 'admin.overview': null;
  /** To see what is asked of models, and what it takes. */
  readonly 'admin.models': null;
}

export type Permission = keyof Permissions;

/** Whether it is theirs, or they hold a seat in it or have held one. */
export function takesPart({ playerId }: Pick<Principal, 'playerId'>, session: SessionFacts): boolean {
  return (
    session.ownerId === playerId ||
    seatOf(session.seats, playerId) !== null ||
    session.playerIds.includes(playerId)
  );
}

function mayRead(principal: Principal, session: SessionFacts): boolean {
  return principal.role === 'admin' || takesPart(principal, session);
}

function hasOpenSeat(session: SessionFacts): boolean {
  return Object.values(session.seats).some((holder) => holder.kind === 'open');
}

/** A stranger learns nothing, not even that the session exists. */
function notFound(): ApiError {
  return new ApiError(
    'session/not-found',
    'There is no such session among yours. Look in your list of sessions.',
  );
}

/**
 * The one place where it is decided who may do what; every service method calls it first. Returns the principal, or
 * throws an ApiError. It never changes anything.
 */
export function authorise<P extends Permission>(
  principal: Principal | null,
  permission: P,
  resource: Permissions[P],
): Principal {
  if (principal === null)
    throw new ApiError('auth/required', 'Sign in with an access key, or register to get one.');
  const asked: Permission = permission;
  switch (asked) {
    case 'player.self':
    case 'session.create':
    case 'session.list':
    case 'experiment.read':
    case 'experiment.join':
      return principal;
    case 'session.read':
    case 'session.branch':
    case 'session.play':
      if (resource === null || !mayRead(principal, resource)) throw notFound();
      return principal;
    case 'session.join':
      if (resource === null || !(mayRead(principal, resource) || hasOpenSeat(resource))) throw notFound();
      return principal;
    case 'admin.players':
    case 'admin.characters':
    case 'admin.experiments':
    case 'admin.sessions':
    case 'admin.audit':
    case 'admin.overview':
    case 'admin.models':
      if (principal.role === 'admin') return principal;
      throw new ApiError('auth/forbidden', 'This needs the access key of an administrator.');
    default: {
      const unreachable: never = asked;
      return unreachable;
    }
  }
}
