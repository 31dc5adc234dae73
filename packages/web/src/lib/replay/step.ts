import type { ReconstructionDto, StepDto } from '@dcs/api';

/** A session at one point of its log: just after an event, or before the first. */
export interface Point extends Omit<StepDto, 'event' | 'view'> {
  /** The game's picture of its state for this reader. */
  readonly view: unknown;
}

/** An event and the session just after it. */
export interface Step extends Point {
  readonly event: StepDto['event'];
}

/** Puts the view into every step; the wire leaves it out where nothing changed. Unchanged views are the same object. */
export function stepsOf({ start, steps }: Pick<ReconstructionDto, 'start' | 'steps'>): readonly Step[] {
  let view: unknown = start.view;
  return steps.map((step) => {
    view = step.view === undefined ? view : step.view;
    return { ...step, view };
  });
}
