import { runtimeMs, statusOf } from '@dcs/engine';
import type { Fold, SessionState, Step, Viewer } from '@dcs/engine';
import type { PointDto, StepDto } from '../dto.ts';
import { eventDto } from './eventDto.ts';

export function pointDto({ game }: Fold, state: SessionState, viewer: Viewer): PointDto {
  return {
    view: game.view(state.game, viewer),
    turns: game.progress(state.game).turns,
    status: statusOf(state),
    runtimeMs: runtimeMs(state, state.lastAt),
  };
}

/**
 * Tells the steps that follow `before`, in their order. Most events change little of what is seen: the view stands only
 * where it differs from the one before.
 */
export function stepTeller(fold: Fold, before: SessionState, viewer: Viewer): (step: Step) => StepDto {
  let shown = JSON.stringify(pointDto(fold, before, viewer).view);
  return ({ event, state }) => {
    const { view, ...rest } = pointDto(fold, state, viewer);
    const step = { event: eventDto(event, viewer), ...rest };
    const now = JSON.stringify(view);
    if (now === shown) return step;
    shown = now;
    return { ...step, view };
  };
}
