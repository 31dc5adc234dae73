import type { SessionManager, SessionPresent } from '@dcs/engine';
import type { BranchDto } from '../dto.ts';
import { ApiError, orThrow } from '../errors.ts';
import type { Principal } from './authorise.ts';
import type { SessionAccess } from './sessionAccess.ts';

export interface BranchServicePorts {
  readonly manager: SessionManager;
  readonly access: SessionAccess;
  readonly newId: () => string;
}

export interface BranchRequest {
  readonly sessionId: string;
  readonly atSeq?: number | undefined;
  readonly commandId?: string | undefined;
}

/** Sessions that go on from a place in others. */
export interface BranchService {
  /** Without a `commandId` every call makes another branch. */
  branch(principal: Principal | null, request: BranchRequest): Promise<BranchDto>;
}

export function createBranchService({ manager, access, newId }: BranchServicePorts): BranchService {
  return {
    branch: async (principal, { sessionId, atSeq, commandId }) => {
      const admitted = await access.admit(principal, 'session.branch', sessionId);
      assertNothingIsGivenAway(admitted.principal, admitted.present);
      const { record } = orThrow(
        await manager.branch({
          sessionId,
          playerId: admitted.principal.playerId,
          commandId: commandId ?? newId(),
          ...(atSeq === undefined ? {} : { atSeq }),
        }),
      );
      const { header } = record;
      return { sessionId: header.sessionId, parentSessionId: sessionId, atSeq: header.parent?.seq ?? 0 };
    },
  };
}

/** In a branch other people's seats are open: whoever sits down there sees what they hold in their hands at this moment. */
function assertNothingIsGivenAway({ playerId, role }: Principal, { seats, exited }: SessionPresent): void {
  const others = Object.values(seats).some(
    (holder) => holder.kind === 'player' && holder.playerId !== playerId,
  );
  if (exited || role === 'admin' || !others) return;
  throw new ApiError(
    'branch/others-playing',
    'Somebody else is playing in this session. You can branch from it once it has ended.',
  );
}
