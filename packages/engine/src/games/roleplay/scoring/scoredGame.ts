import type { DecisionTools } from '../../../game/game.ts';
import type { JsonObject } from '../../../json.ts';
import { fact, info } from '../../../session/drafts.ts';
import type { EventDraft, SessionEvent } from '../../../session/event.ts';
import { tellableScore } from '../disclosure/withholding.ts';
import type { LanguageCommand, LanguageGameSpec, OwnState } from '../languageGame.ts';
import { finishNotice, PLAYER_FINISHED } from '../notices.ts';
import { NO_GUIDANCE } from '../prompts/guidance.ts';
import { sceneOf } from '../state.ts';
import type { Drafts } from '../outcome.ts';
import { backInScene, closingQuestion, evolveClosing, NO_CLOSING, nothingAsked } from './closing.ts';
import type { Closing, ClosingQuestion } from './closing.ts';
import { evaluatingFor } from './evaluating.ts';
import { scoreAtEnd } from './conclusion.ts';
import { NOTHING_PLAYED, evolvePlaythrough, transcriptOf } from './playthrough.ts';
import { scoreSchema, unplayedScore } from './score.ts';
import type { Score } from './score.ts';
import { scoreMarkdown } from './scoreMarkdown.ts';
import { scoredConfigSchema } from './scoredConfig.ts';
import type { ScoredConfig } from './scoredConfig.ts';
import type { ScoredGameSpec } from './scoredGameSpec.ts';
import { scoredOwnSchema } from './scoredState.ts';
import type { ScoredOwn, ScoredState } from './scoredState.ts';
import { tellingAtEnd } from './tellingAtEnd.ts';
import { showsFinalScore } from './visibility.ts';

/* What Foresight, Infer Intent, Goal Horizon and Teamwork share: closing questions, a score, the end. */

/** The score after an event. Whoever goes on playing after a crash that cut off the end has not been scored yet. */
function evolveScore(score: Score | null, event: SessionEvent): Score | null {
  if (event.direction === 'inbound') return null;
  const told = event.kind === 'fact' ? event.data?.['score'] : undefined;
  return told === undefined ? score : scoreSchema.parse(told);
}

function evolveOwn(own: ScoredOwn, event: SessionEvent): ScoredOwn {
  const isAnswer = event.kind === 'message' && event.direction === 'inbound' && own.closing.asks !== null;
  const score = evolveScore(own.score, event);
  return {
    played: isAnswer ? own.played : evolvePlaythrough(own.played, event),
    closing: score === null ? evolveClosing(own.closing, event) : NO_CLOSING,
    score,
  };
}

const openQuestion = ({ questions }: ScoredGameSpec, { closing }: ScoredOwn): ClosingQuestion | undefined =>
  questions.find(({ key }) => key === closing.asks);

/** Ends the game, with its score where the player may see it. */
function ending({ config }: ScoredState, score: Score): Drafts[0] {
  const thanks = 'You have finished the game. Thank you for playing.';
  if (!showsFinalScore(config)) return finishNotice(PLAYER_FINISHED, thanks);
  const notice = finishNotice(PLAYER_FINISHED, `${scoreMarkdown(score)}\n\n${thanks}`);
  return { ...notice, data: { ...notice.data, tier: score.tier, finalScore: score.score } };
}

async function concluded(
  spec: ScoredGameSpec,
  { state, answers }: { readonly state: ScoredState; readonly answers: Closing['answers'] },
  tools: DecisionTools,
): Promise<Drafts> {
  const { played, score: known } = state.own;
  // A crash has cut off the ending: the score stands, and no model is asked again.
  if (known !== null) return [ending(state, known)];
  const play = { played, answers, scene: { ...sceneOf(state, null), transcript: transcriptOf(played) } };
  const score =
    played.exchanges.length === 0
      ? unplayedScore(spec.task)
      : tellableScore(
          await spec.score(play, state.config.scoreRepeats, tools),
          tellingAtEnd(state, spec.guidance, answers),
        );
  return [fact({ score, answers }, '', []), ending(state, score)];
}

/** The score of a game that its player has not finished, or an explicit word that it has none. */
function conclusion(spec: ScoredGameSpec, state: ScoredState): readonly EventDraft[] {
  const { own, config } = state;
  if (own.score !== null) return [];
  const { played, closing } = own;
  const { answers } = closing;
  const score = tellableScore(
    scoreAtEnd(spec, { played, answers }),
    tellingAtEnd(state, spec.guidance, answers),
  );
  const recorded = fact({ score, answers }, '', []);
  // Whoever has played nothing has nothing to be told of.
  if (!showsFinalScore(config) || played.exchanges.length === 0) return [recorded];
  return [recorded, info(scoreMarkdown(score), { tier: score.tier, finalScore: score.score })];
}

async function takeAnswer(
  spec: ScoredGameSpec,
  { state, text }: { readonly state: ScoredState; readonly text: string },
  tools: DecisionTools,
): Promise<Drafts> {
  const { asks, answers: before } = state.own.closing;
  const place = spec.questions.findIndex(({ key }) => key === asks);
  const answers = asks === null ? before : { ...before, [asks]: text };
  const next = spec.questions[place + 1];
  return next === undefined ? concluded(spec, { state, answers }, tools) : [closingQuestion(next, answers)];
}

function commandsOf(spec: ScoredGameSpec): readonly LanguageCommand<ScoredConfig, ScoredOwn>[] {
  const [first] = spec.questions;
  const endings = spec.endings.map((command) => ({
    ...command,
    asksModel: first === undefined,
    run: (state: ScoredState, tools: DecisionTools): Drafts | Promise<Drafts> => {
      const question = openQuestion(spec, state.own) ?? first;
      if (question === undefined) return concluded(spec, { state, answers: {} }, tools);
      return [closingQuestion(question, state.own.closing.answers)];
    },
  }));
  if (first === undefined) return endings;
  const back: LanguageCommand<ScoredConfig, ScoredOwn> = {
    name: 'back',
    description: 'Leave the questions at the end and go on playing.',
    run: ({ own }) => [own.closing.asks === null ? nothingAsked() : backInScene()],
  };
  return [...endings, back];
}

function viewOf(spec: ScoredGameSpec, { own, config }: ScoredState): JsonObject {
  const score = showsFinalScore(config) ? own.score : null;
  return {
    question: openQuestion(spec, own)?.text ?? null,
    score: score === null ? null : { tier: score.tier, score: score.score, failure: score.failure },
  };
}

function ownOf(spec: ScoredGameSpec): OwnState<ScoredConfig, ScoredOwn> {
  return {
    schema: scoredOwnSchema,
    init: () => ({ played: NOTHING_PLAYED, closing: NO_CLOSING, score: null }),
    evolve: evolveOwn,
    isAsking: (own) => own.closing.asks !== null,
    takeAnswer: (state, text, tools) => takeAnswer(spec, { state, text }, tools),
    view: (state) => ({ ...viewOf(spec, state), ...spec.view?.(state) }),
  };
}

function briefOf(spec: ScoredGameSpec, state: ScoredState): string | null {
  const parts = [spec.brief?.(state) ?? null, openQuestion(spec, state.own)?.text ?? null];
  const told = parts.filter((part) => part !== null);
  return told.length === 0 ? null : told.join('\n\n');
}

/** A language game that ends with questions and a score; see `defineLanguageGame`. */
export function scoredGame(spec: ScoredGameSpec): LanguageGameSpec<ScoredConfig, ScoredOwn> {
  const {
    name,
    intro,
    guidance = NO_GUIDANCE,
    readAction,
    chooseObjective,
    appraiseReply,
    afterOpening,
  } = spec;
  return {
    name,
    intro,
    guidance,
    configSchema: spec.configSchema ?? scoredConfigSchema,
    commands: commandsOf(spec),
    own: ownOf(spec),
    brief: (state) => briefOf(spec, state),
    conclude: (state) => conclusion(spec, state),
    evaluating: evaluatingFor(spec),
    inputLimit: ({ own, config }) =>
      own.closing.asks === null ? config.maxInputLength : config.maxAnswerLength,
    ...(readAction === undefined ? {} : { readAction }),
    ...(chooseObjective === undefined ? {} : { chooseObjective }),
    ...(appraiseReply === undefined ? {} : { appraiseReply }),
    ...(afterOpening === undefined ? {} : { afterOpening }),
  };
}
