import type { Decide, Decision, DecisionTools } from '../../game/game.ts';
import { ModelFailure } from '../../models/languageModel.ts';
import { validationViolation } from '../../session/drafts.ts';
import type { EventDraft } from '../../session/event.ts';
import type { RoleplayConfig } from './config.ts';
import { budgetExhausted, modelFault, nothingLost, ruleBroken } from './notices.ts';
import { PROMPT_VERSION } from './prompts/version.ts';
import { askOpening, askReply, askVerdict } from './requests.ts';
import type { RoleplayState } from './state.ts';

export type Drafts = readonly [EventDraft, ...EventDraft[]];

/** What a game adds to the settling of a turn. */
export interface TurnRules<Config extends RoleplayConfig, Own> {
  /** Carries out a recognised command. May ask a model when the command is durable. */
  runCommand(state: RoleplayState<Config, Own>, name: string, tools: DecisionTools): Promise<Drafts>;
  /** Takes the answer to a question of the game. May ask a model: the answer is durable. */
  takeAnswer(state: RoleplayState<Config, Own>, text: string, tools: DecisionTools): Promise<Drafts>;
}

const accepted = (events: Drafts): Decision => ({ ok: true, accepted: true, events });
const rejected = (events: Drafts): Decision => ({ ok: true, accepted: false, events });

/** A model's failure as a value, so that the turn ends with words instead of an exception. */
async function orFault(work: Promise<Decision>, next: string): Promise<Decision> {
  try {
    return await work;
  } catch (fault) {
    if (fault instanceof ModelFailure) return rejected([modelFault(fault, next)]);
    throw fault;
  }
}

function rejection(state: RoleplayState, reason: string): Drafts {
  const left = Math.max(0, state.retryBudgetLeft - 1);
  const told = ruleBroken(reason, left);
  return left === 0 ? [told, budgetExhausted()] : [told];
}

async function playAction(state: RoleplayState, action: string, tools: DecisionTools): Promise<Decision> {
  const verdict = await askVerdict(state, action, tools);
  if (verdict.pass) return accepted([await askReply(state, action, tools)]);
  // The violation stands first: whatever a crash leaves of this batch, the judge is not asked again.
  const violation = validationViolation('player', {
    validator: 'playerJudge',
    stage: 'playerTurn',
    reason: verdict.reason,
    model: verdict.model,
    promptVersion: PROMPT_VERSION,
  });
  return rejected([violation, ...rejection(state, verdict.reason)]);
}

/**
 * Brings what is pending to its end. The same code serves the command that made it pending and a `resume` after a crash,
 * so that the two cannot differ.
 */
export async function settle<Config extends RoleplayConfig, Own>(
  rules: TurnRules<Config, Own>,
  state: RoleplayState<Config, Own>,
  tools: DecisionTools,
): Promise<Decision> {
  const { pending } = state;
  if (pending === null) return accepted([nothingLost()]);
  switch (pending.kind) {
    case 'opening':
      return openScene(state, tools);
    case 'action':
      return orFault(playAction(state, pending.text, tools), 'Please send your action again.');
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
export async function openScene(state: RoleplayState, tools: DecisionTools): Promise<Decision> {
  const opening = askOpening(state, tools).then((event) => accepted([event]));
  return orFault(opening, 'Please open the scene again.');
}

/** Makes a batch durable, then settles what it left pending. */
export async function* recordAndSettle<Config extends RoleplayConfig, Own>(
  rules: TurnRules<Config, Own>,
  batch: Drafts,
  tools: DecisionTools,
): Decide<RoleplayState<Config, Own>> {
  const state = yield batch;
  return await settle(rules, state, tools);
}
