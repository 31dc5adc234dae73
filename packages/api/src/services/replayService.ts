import { prepareFold, readSteps } from '@dcs/engine';
import type { Fold, FoldPorts, SessionLog, SessionState, Step } from '@dcs/engine';
import type { ReconstructionDto } from '../dto.ts';
import type { Principal } from './authorise.ts';
import type { SessionAccess } from './sessionAccess.ts';
import { sessionDto } from './sessionDto.ts';
import type { SessionDtoPorts } from './sessionDto.ts';
import { stateHash } from './stateHash.ts';
import { pointDto, stepTeller } from './stepDto.ts';

export interface ReplayServicePorts extends SessionDtoPorts, FoldPorts {
  readonly log: SessionLog;
  readonly access: SessionAccess;
}

export interface ReconstructionRequest {
  readonly sessionId: string;
  readonly afterSeq: number;
  readonly limit: number;
}

/** The past of sessions, step by step, as each reader may know it. */
export interface ReplayService {
  reconstruction(principal: Principal | null, request: ReconstructionRequest): Promise<ReconstructionDto>;
}

interface Stretch {
  readonly before: SessionState;
  readonly steps: readonly Step[];
  readonly hasMore: boolean;
}

export function createReplayService(ports: ReplayServicePorts): ReplayService {
  async function readStretch(fold: Fold, { sessionId, afterSeq, limit }: ReconstructionRequest) {
    const steps: Step[] = [];
    let before = fold.start;
    for await (const step of readSteps(ports.log, sessionId, fold)) {
      if (step.event.seq <= afterSeq) before = step.state;
      else if (steps.length < limit) steps.push(step);
      else return { before, steps, hasMore: true };
    }
    return { before, steps, hasMore: false };
  }

  return {
    reconstruction: async (principal, request) => {
      const admitted = await ports.access.admit(principal, 'session.read', request.sessionId);
      const { present, viewer } = admitted;
      const { fold } = await prepareFold(ports, present.header);
      const stretch: Stretch = await readStretch(fold, request);
      const last = stretch.steps.at(-1)?.state ?? stretch.before;
      return {
        session: await sessionDto(ports, present, admitted.principal),
        start: pointDto(fold, stretch.before, viewer),
        steps: stretch.steps.map(stepTeller(fold, stretch.before, viewer)),
        lastSeq: Math.max(present.lastSeq, last.lastSeq),
        hasMore: stretch.hasMore,
        stateHash: stateHash(present.header, last),
      };
    },
  };
}
