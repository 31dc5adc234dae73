import { z } from 'zod';
import { createCancellation } from '../cancellation.ts';
import type { Evaluating } from '../game/evaluating.ts';
import type { Ask } from '../game/ask.ts';
import type { JsonObject } from '../json.ts';
import { askingIn, askUntil } from './asking.ts';
import { commit } from './commit.ts';
import type { EventDraft, SessionEvent } from './event.ts';
import { failure } from './failure.ts';
import type { Failure } from './failure.ts';
import { readWholeLog } from './liveSession.ts';
import type { SessionContext } from './liveSession.ts';

/*
 * How a session came out, asked for when it is over. What a model says of it is an event of its log, like all that models
 * say; the name of the command that records it is the key under which it is found again.
 */

/** What is to be evaluated, and who judges: an answer by another judge, or to other prompts, is another evaluation. */
export interface EvaluateSession {
  readonly sessionId: string;
  /** The models that are asked, in their order; a name of the operator's choice. */
  readonly judge: string;
}

/** A session ends once, so that its id says which log is meant; the command belongs to no player. */
export const evaluationCommand = (promptVersion: string, judge: string): string =>
  `evaluation/${promptVersion}/${judge}`;

/** What an evaluation event holds. */
const evaluationSchema: z.ZodType<{ score: JsonObject; judge: string }> = z.strictObject({
  score: z.record(z.string(), z.json()),
  judge: z.string(),
});

const evaluationEvent = (score: JsonObject, judge: string): EventDraft => ({
  direction: 'internal',
  source: 'system',
  kind: 'evaluation',
  format: 'json',
  content: '',
  seat: null,
  command: null,
  data: { score, judge },
  // Who may know of it is decided where it is asked for.
  audience: [],
});

/** The score in an evaluation or in an event of play that needs none; `null` in every other event. */
export function evaluationIn(
  evaluating: Pick<Evaluating<never>, 'settledScore'>,
  event: SessionEvent,
): JsonObject | null {
  return event.kind === 'evaluation'
    ? evaluationSchema.parse(event.data).score
    : evaluating.settledScore(event);
}

export const EVALUATION_NOT_SCORED = failure(
  'evaluation/not-scored',
  'This game gives no score, so there is nothing to evaluate.',
);
export const EVALUATION_NOT_OVER = failure(
  'evaluation/not-over',
  'This session goes on. It can be evaluated when it is over.',
);

/** Nothing cancels it: who asks for an evaluation may be somebody else than who has played. Models have deadlines of their own. */
function askingFor({ ports, live }: SessionContext): Ask {
  const turn = live.fold.game.progress(live.state.game).turns + 1;
  const { signal: ending } = createCancellation();
  return askUntil(askingIn(live, { model: ports.model, turn, ending }), ending);
}

/** Has a session that is over evaluated under a command. What no model could answer is not recorded, and may be asked again. */
export async function evaluateSession(
  context: SessionContext,
  { judge }: Pick<EvaluateSession, 'judge'>,
): Promise<Failure | null> {
  const { ports, live } = context;
  const { evaluating } = live.fold.game;
  if (evaluating === undefined) return EVALUATION_NOT_SCORED;
  if (live.state.ended === null) return EVALUATION_NOT_OVER;
  const events = await readWholeLog(ports.log, live.header.sessionId);
  const evaluated = await evaluating.evaluate(
    { state: live.state.game, events },
    { ask: askingFor(context) },
  );
  if (!evaluated.ok) {
    const message =
      'The model that scores gave no usable answer. Nothing is lost; please try again in a moment.';
    return failure(evaluated.reason, message, true);
  }
  await commit(context, [evaluationEvent(evaluated.score, judge)], {
    commandId: evaluationCommand(evaluating.promptVersion, judge),
    receipt: { accepted: true },
  });
  return null;
}
