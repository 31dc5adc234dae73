import type { CommandSpec } from '../../game/game.ts';
import type { ModelFailure } from '../../models/languageModel.ts';
import type { EventDraft } from '../../session/event.ts';
import { error, fact, info } from '../../session/drafts.ts';

/*
 * What a language game says to its player. `data` carries the same as stable values: clients branch on it,
 * and the state is folded from it.
 */

/**
 * Who has to act when something was not played: the player, whoever writes the character and its prompts, the provider of
 * a model, or whoever runs the server. Stands in `data.fault` of the notice. Only the player's own breach of a rule costs.
 */
type Fault = 'player' | 'character' | 'provider' | 'system';
const fault = (who: Fault): { readonly fault: Fault } => ({ fault: who });

export const PLAYER_FINISHED = 'player finished';
export const BUDGET_EXHAUSTED = 'retry budget exhausted';
export const RULE_BROKEN = 'input/against-rules';

/** Said once, when the session is entered. */
export const entryHelp = (help: string): EventDraft => info(help, { entered: true });

/** For researchers: what the simulated character is after is for the player to find out, or told in other words. */
export const objectiveSettled = (objective: string): EventDraft => fact({ objective }, '', []);

/** Ends the game when folded. */
export const finishNotice = (reason: string, markdown: string): EventDraft =>
  info(markdown, { finished: reason });

export const playerFinished = (): EventDraft =>
  finishNotice(PLAYER_FINISHED, 'You have finished the game. Thank you for playing.');

export const budgetExhausted = (): EventDraft =>
  finishNotice(
    BUDGET_EXHAUSTED,
    'No attempts are left, so the game ends here. Everything up to this point is kept. Thank you for playing.',
  );

function attemptsLeft(left: number): string {
  if (left === 0) return 'That was the last attempt.';
  return left === 1 ? '1 attempt is left.' : `${left} attempts are left.`;
}

/** `reason` is the judge's, already one or more sentences. */
export const ruleBroken = (reason: string, retryBudgetLeft: number): EventDraft =>
  error(`${reason}\n\n${attemptsLeft(retryBudgetLeft)}`, {
    reason: RULE_BROKEN,
    ...fault('player'),
    retryBudgetLeft,
  });

export const tooLong = (length: number, limit: number): EventDraft =>
  error(
    `Your text has ${length} characters; at most ${limit} fit. Shorten it and send it again. Nothing was spent.`,
    {
      reason: 'input/too-long',
      ...fault('player'),
      length,
      limit,
    },
  );

const commandList = (commands: readonly CommandSpec[]): string =>
  commands.map((command) => `- \`/${command.name}\` ${command.description}`).join('\n');

/** Free of charge. `nearest` is the command that was probably meant. */
export function unknownCommand(
  name: string,
  nearest: string | null,
  commands: readonly CommandSpec[],
): EventDraft {
  const meant = nearest === null ? '' : ` Did you mean \`/${nearest}\`?`;
  return info(`There is no such command.${meant} These exist:\n\n${commandList(commands)}`, {
    reason: 'command/unknown',
    typed: name.slice(0, 40),
    nearest,
  });
}

const WHAT_HAPPENED: Readonly<Record<ModelFailure['reason'], string>> = {
  'model/unavailable': 'The model could not be reached.',
  'model/timeout': 'The model took too long.',
  'model/refused': 'The model gave no usable answer.',
  'model/cancelled': 'The answer was interrupted.',
  'model/not-recorded': 'A recorded run is played again here, and nothing like this was recorded.',
  'limit/model-tokens': 'The model has written as much as it may for now.',
  'limit/model-cost': 'What may be spent on the model is spent for now.',
  'limit/model-time': 'The model has worked for as long as it may for now.',
};

const WHO_ACTS: Readonly<Record<ModelFailure['reason'], Fault>> = {
  'model/unavailable': 'provider',
  'model/timeout': 'provider',
  'model/refused': 'provider',
  'model/cancelled': 'system',
  'model/not-recorded': 'system',
  'limit/model-tokens': 'system',
  'limit/model-cost': 'system',
  'limit/model-time': 'system',
};

/** Not the player's fault: it costs no turn and no attempt. `next` says what to do. */
export const modelFault = (failure: Pick<ModelFailure, 'reason'>, next: string): EventDraft =>
  error(
    `${WHAT_HAPPENED[failure.reason]} This is not your fault and nothing was spent: no turn and no attempt. ${next}`,
    { reason: failure.reason, ...fault(WHO_ACTS[failure.reason]) },
  );

/** No reply to an action could be written that the judges let pass. */
export const replyRejected = (): EventDraft =>
  error(
    'What came of your action broke the rules of the scene twice, so it was not played. This is not your fault and nothing was ' +
      'spent: no turn and no attempt. Please act again, perhaps in another way.',
    { reason: 'simulator/reply-rejected', ...fault('character') },
  );

/** No opening could be written that a player may read. */
export const openingRejected = (): EventDraft =>
  error(
    'What was written to open the scene twice told what is not for you to read, so it is not shown. This is not your fault and nothing was ' +
      'spent. Please open the scene again.',
    { reason: 'simulator/opening-rejected', ...fault('character') },
  );

/** Completes a command whose last write a crash cut off, when all that mattered was already written. */
export const nothingLost = (): EventDraft =>
  info('The game was interrupted for a moment. Nothing was lost.', { reason: 'turn/resumed' });
