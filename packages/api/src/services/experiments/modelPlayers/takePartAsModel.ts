import { modelStep } from '@dcs/engine';
import type { ExperimentManager, ModelPlayer, ModelStep } from '@dcs/engine';
import { ApiError } from '../../../errors.ts';
import { decided } from '../decided.ts';
import type { ExperimentMoments } from '../experimentMoments.ts';
import { startAssignment } from '../startAssignment.ts';
import type { StartAssignmentPorts } from '../startAssignment.ts';
import { playAsModel } from './playAsModel.ts';
import type { PlayAsModelPorts, PlayedSession, PlayOutcome, Standstill } from './playAsModel.ts';

export interface TakePartAsModelPorts extends PlayAsModelPorts, Omit<StartAssignmentPorts, 'manager'> {
  readonly manager: PlayAsModelPorts['manager'] & StartAssignmentPorts['manager'];
  readonly experiments: Pick<ExperimentManager, 'run' | 'present'>;
  readonly moments: Pick<ExperimentMoments, 'momentOf'>;
}

export interface TakingPart extends Pick<PlayedSession, 'mayGoOn' | 'cancellation' | 'onMove'> {
  readonly experiment: string;
  readonly player: ModelPlayer;
}

export type TakePartOutcome =
  /** There is nothing for it to do now. */
  | { readonly type: 'rests' }
  /** This process has to stop. */
  | { readonly type: 'stopped' }
  | { readonly type: 'standsStill'; readonly why: Standstill };

const END_NOT_RECORDED: TakePartOutcome = {
  type: 'standsStill',
  why: { reason: 'session/end-not-recorded', message: 'The end of its session is not recorded yet.' },
};

type Doing = Exclude<ModelStep, { type: 'rests' | 'waits' | 'play' }>;

/**
 * Does for one participant whatever comes next, until there is nothing to do. What comes next is read from the log of the
 * experiment each time, so that it may be stopped anywhere and begun again. Rejects when what it stands on fails.
 */
export async function takePartAsModel(
  ports: TakePartAsModelPorts,
  taking: TakingPart,
): Promise<TakePartOutcome> {
  const { experiments, moments } = ports;
  const { experiment: name, player } = taking;
  const { participantId, model } = player;
  let over: string | null = null;

  async function carryOut(step: Doing): Promise<void> {
    switch (step.type) {
      case 'join':
        return decided(experiments, name, { type: 'join', participantId, kind: 'model', model });
      case 'next':
        return decided(experiments, name, { type: 'next', participantId });
      case 'select': {
        const { game, pc, npc } = step.candidate;
        return decided(experiments, name, { type: 'select', participantId, game, pc, npc });
      }
      case 'start': {
        const { assignmentId } = step;
        await startAssignment(ports, { name, participantId, assignmentId, source: 'model' });
        return;
      }
      default: {
        const unreachable: never = step;
        return unreachable;
      }
    }
  }

  /** `null` when the session is over. */
  async function play(sessionId: string): Promise<Exclude<PlayOutcome, { type: 'over' }> | null> {
    const { mayGoOn, cancellation, onMove } = taking;
    const played = { sessionId, participantId, model, mayGoOn, cancellation, onMove };
    const outcome = await playAsModel(ports, played);
    if (outcome.type !== 'over') return outcome;
    over = sessionId;
    return null;
  }

  for (;;) {
    if (!taking.mayGoOn()) return { type: 'stopped' };
    const step = modelStep(await moments.momentOf(name, participantId), player);
    if (step.type === 'rests' || step.type === 'waits') return { type: 'rests' };
    if (step.type === 'play') {
      if (step.sessionId === over) return END_NOT_RECORDED;
      const outcome = await play(step.sessionId);
      if (outcome !== null) return outcome;
      continue;
    }
    try {
      await carryOut(step);
    } catch (refused) {
      if (!(refused instanceof ApiError)) throw refused;
      // Others have taken its place while it waited: there may be something else for it.
      if (refused.reason === 'assignment/dropped') continue;
      return { type: 'standsStill', why: { reason: refused.reason, message: refused.message } };
    }
  }
}
