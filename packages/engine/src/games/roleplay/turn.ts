import type { Ask } from '../../game/ask.ts';
import type { Decide, Decision, DecisionTools } from '../../game/game.ts';
import { ModelFailure } from '../../models/languageModel.ts';
import type { EventDraft } from '../../session/event.ts';
import { playAction, rejection, rewriteReply } from './actionTurn.ts';
import type { RoleplayConfig } from './config.ts';
import { budgetExhausted, modelFault, nothingLost, replyRejected } from './notices.ts';
import { playOpening } from './opening.ts';
import { accepted, rejected } from './outcome.ts';
import type { Drafts } from './outcome.ts';
import type { Guidance } from './prompts/guidance.ts';
import type { RoleplayState } from './state.ts';

/** What a game adds to the settling of a turn. */
export interface TurnRules<Config extends RoleplayConfig, Own> {
  readonly guidance: Guidance;
  /** Carries out a recognised command. May ask a model when the command is durable. */
  runCommand(state: RoleplayState<Config, Own>, name: string, tools: DecisionTools): Promise<Drafts>;
  /** Takes the answer to a question of the game. May ask a model: the answer is durable. */
  takeAnswer(state: RoleplayState<Config, Own>, text: string, tools: DecisionTools): Promise<Drafts>;
  /** What the simulated character is to be after, settled once, before the opening; `null` where it has all of its goals. */
  chooseObjective(state: RoleplayState<Config, Own>, tools: DecisionTools): Promise<string | null>;
  /**
   * What the game itself asks models about a reply, beside its judges; what it makes of the answers is recorded after the
   * reply, if that is played. Left out, nothing. Rejects only when it is cancelled: no model's failure costs a turn.
   */
  readonly appraiseReply?: (
    state: RoleplayState<Config, Own>,
    reply: string,
    ask: Ask,
  ) => Promise<readonly EventDraft[]>;
  /** What the player is told when the scene has been opened. */
  afterOpening(state: RoleplayState<Config, Own>): readonly EventDraft[];
}

/** A model's failure as a value, so that the turn ends with words instead of an exception. */
async function orFault(work: Promise<Decision>, next: string): Promise<Decision> {
  try {
    return await work;
  } catch (fault) {
    if (fault instanceof ModelFailure) return rejected([modelFault(fault, next)]);
    throw fault;
  }
}

/** The same for what has to be durable on its way. */
async function* stepsOrFault<State>(steps: Decide<State>, next: string): Decide<State> {
  try {
    return yield* steps;
  } catch (fault) {
    if (fault instanceof ModelFailure) return rejected([modelFault(fault, next)]);
    throw fault;
  }
}

const ACT_AGAIN = 'Please send your action again.';

/**
 * Brings what is pending to its end. The same code serves the command that made it pending and a `resume` after a crash,
 * so that the two cannot differ.
 */
export async function* settle<Config extends RoleplayConfig, Own>(
  rules: TurnRules<Config, Own>,
  state: RoleplayState<Config, Own>,
  tools: DecisionTools,
): Decide<RoleplayState<Config, Own>> {
  const { pending } = state;
  const { guidance, appraiseReply } = rules;
  const using = { tools, guidance, ...(appraiseReply === undefined ? {} : { appraiseReply }) };
  if (pending === null) return accepted([nothingLost()]);
  switch (pending.kind) {
    case 'opening':
      return openScene(rules, state, tools);
    case 'action':
      return yield* stepsOrFault(playAction(state, pending.text, using), ACT_AGAIN);
    case 'objected':
      return orFault(rewriteReply(state, pending, using), ACT_AGAIN);
    case 'unplayable':
      return rejected([replyRejected()]);
    case 'rejected':
      return rejected(rejection(state, pending.reason));
    case 'exhausted':
      return rejected([budgetExhausted()]);
    case 'command':
      return orFault(
        rules.runCommand(state, pending.name, tools).then(accepted),
        'Please send the command again.',
      );
    case 'answer':
      return orFault(
        rules.takeAnswer(state, pending.text, tools).then(accepted),
        'Please send your answer again.',
      );
    default: {
      const unreachable: never = pending;
      return unreachable;
    }
  }
}

/** Has the opening written. It may be asked for again after a failure. */
export function openScene<Config extends RoleplayConfig, Own>(
  rules: TurnRules<Config, Own>,
  state: RoleplayState<Config, Own>,
  tools: DecisionTools,
): Promise<Decision> {
  return orFault(playOpening(rules, state, tools), 'Please open the scene again.');
}

/** Makes a batch durable, then settles what it left pending. */
export async function* recordAndSettle<Config extends RoleplayConfig, Own>(
  rules: TurnRules<Config, Own>,
  batch: Drafts,
  tools: DecisionTools,
): Decide<RoleplayState<Config, Own>> {
  const state = yield batch;
  return yield* settle(rules, state, tools);
}
