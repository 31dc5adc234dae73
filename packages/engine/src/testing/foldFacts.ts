import type { ExperimentFact } from '../experiments/event.ts';
import { createExperimentFold } from '../experiments/state.ts';
import type { ExperimentState } from '../experiments/state.ts';

/** The state of an experiment in which this has happened, a second apart. */
export function foldFacts(facts: readonly ExperimentFact[]): ExperimentState {
  const fold = createExperimentFold();
  for (const [index, fact] of facts.entries()) {
    fold.apply({ ...fact, experiment: 'pilot', seq: index + 1, at: (index + 1) * 1000 });
  }
  return fold.state;
}

export const joined = (participantId: string, number = 1): ExperimentFact => ({
  type: 'joined',
  participantId,
  kind: 'human',
  number,
});

/** `place` in the short form `explore ANT BEE`; the assignment is called after participant and place. */
export function assigned(participantId: string, place: string): ExperimentFact {
  const [game = '', pc = null, npc = null] = place.split(' ');
  const assignmentId = `${participantId} ${place}`;
  return { type: 'assigned', participantId, assignmentId, game, pc, npc, revision: 'r1', chosen: false };
}

export function started(participantId: string, place: string): ExperimentFact {
  const assignmentId = `${participantId} ${place}`;
  return { type: 'assignmentStarted', participantId, assignmentId, sessionId: `${assignmentId}!` };
}

/** From being given to the end, with nothing in between that went wrong. */
export function completed(participantId: string, place: string): readonly ExperimentFact[] {
  const assignmentId = `${participantId} ${place}`;
  const sessionId = `${assignmentId}!`;
  const end = { participantId, assignmentId, sessionId, reason: 'game_completed', turns: 3 };
  return [
    assigned(participantId, place),
    started(participantId, place),
    { type: 'assignmentCompleted', ...end },
  ];
}
