import { prepareFold, readSteps, runtimeMs, statusOf } from '@dcs/engine';
import type { Fold, FoldPorts, SessionLog, SessionState, Step, Viewer } from '@dcs/engine';
import type { PointDto, ReconstructionDto, StepDto } from '../dto.ts';
import type { Principal } from './authorise.ts';
import { eventDto } from './eventDto.ts';
import type { SessionAccess } from './sessionAccess.ts';
import { sessionDto } from './sessionDto.ts';
import type { SessionDtoPorts } from './sessionDto.ts';
import { stateHash } from './stateHash.ts';

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
        steps: stepDtos(fold, stretch, viewer),
        lastSeq: Math.max(present.lastSeq, last.lastSeq),
        hasMore: stretch.hasMore,
        stateHash: stateHash(present.header, last),
      };
    },
  };
}

function pointDto({ game }: Fold, state: SessionState, viewer: Viewer): PointDto {
  return {
    view: game.view(state.game, viewer),
    turns: game.progress(state.game).turns,
    status: statusOf(state),
    runtimeMs: runtimeMs(state, state.lastAt),
  };
}

/** Most events change little of what is seen: the view stands only where it differs from the one before. */
function stepDtos(fold: Fold, { before, steps }: Stretch, viewer: Viewer): readonly StepDto[] {
  let shown = JSON.stringify(pointDto(fold, before, viewer).view);
  return steps.map(({ event, state }) => {
    const { view, ...rest } = pointDto(fold, state, viewer);
    const step = { event: eventDto(event, viewer), ...rest };
    const now = JSON.stringify(view);
    if (now === shown) return step;
    shown = now;
    return { ...step, view };
  });
}
