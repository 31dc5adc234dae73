import { z } from 'zod';
import type { EndedSession, Evaluated, Evaluating } from '../../../game/evaluating.ts';
import type { JsonObject } from '../../../json.ts';
import type { SessionEvent } from '../../../session/event.ts';
import { tellableScore } from '../disclosure/withholding.ts';
import { sceneOf } from '../state.ts';
import type { Asker } from './askScorer.ts';
import { unscorable } from './conclusion.ts';
import { transcriptOf } from './playthrough.ts';
import { isSettled, scoreSchema } from './score.ts';
import type { Score } from './score.ts';
import { scoredConfigSchema } from './scoredConfig.ts';
import type { ScoredGameSpec } from './scoredGameSpec.ts';
import type { ScoredState } from './scoredState.ts';
import { tellingAtEnd } from './tellingAtEnd.ts';
import { SCORING_VERSION } from './version.ts';
import { showsEvaluation } from './visibility.ts';

function scoreIn({ kind, data }: SessionEvent): Score | null {
  const told = kind === 'fact' ? data?.['score'] : undefined;
  return told === undefined ? null : scoreSchema.parse(told);
}

function settledScore(event: SessionEvent): JsonObject | null {
  const score = scoreIn(event);
  return score !== null && isSettled(score) ? score : null;
}

const answersSchema = z.record(z.string(), z.string());

/** The answers to closing questions: with the score, or, in a log without one, where they were left. */
function answersOf({ state, events }: EndedSession<ScoredState>): Readonly<Record<string, string>> {
  const told = events.findLast((event) => scoreIn(event) !== null)?.data?.['answers'];
  return told === undefined ? state.own.closing.answers : answersSchema.parse(told);
}

/** Scores what was played, however the session ended: with what its player answered, if that is enough. */
async function evaluate(
  spec: ScoredGameSpec,
  ended: EndedSession<ScoredState>,
  asker: Asker,
): Promise<Evaluated> {
  const { state } = ended;
  const { played } = state.own;
  const answers = answersOf(ended);
  const nothing = unscorable(spec, { played, answers });
  if (nothing !== null) return { ok: true, score: nothing };
  const play = { played, answers, scene: { ...sceneOf(state, null), transcript: transcriptOf(played) } };
  const given = await spec.score(play, state.config.scoreRepeats, asker);
  const score = tellableScore(given, tellingAtEnd(state, spec.guidance, answers));
  return score.failure === null ? { ok: true, score } : { ok: false, reason: score.failure };
}

/** How sessions of a scored game are evaluated. */
export const evaluatingFor = (spec: ScoredGameSpec): Evaluating<ScoredState> => ({
  promptVersion: SCORING_VERSION,
  isShown: ({ config, experimentId }) => {
    const parsed = (spec.configSchema ?? scoredConfigSchema).safeParse(config);
    return parsed.success && showsEvaluation(parsed.data, experimentId !== undefined);
  },
  settledScore,
  evaluate: (ended, tools) => evaluate(spec, ended, tools),
});
