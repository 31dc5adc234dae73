import type { Ask, Decide, Decision, DecisionTools } from '../../game/game.ts';
import { npcMessage, validationViolation } from '../../session/drafts.ts';
import type { EventDraft } from '../../session/event.ts';
import { objectionToAction, objectionToReply } from './judging.ts';
import type { Objection } from './judging.ts';
import { budgetExhausted, replyRejected, ruleBroken } from './notices.ts';
import type { Drafts } from './outcome.ts';
import { accepted, rejected } from './outcome.ts';
import type { Guidance } from './prompts/guidance.ts';
import { PROMPT_VERSION } from './prompts/version.ts';
import { askReply } from './requests.ts';
import type { WrittenReply } from './requests.ts';
import { CHARACTER_SEAT, sceneOf } from './state.ts';
import type { RoleplayState } from './state.ts';

/*
 * From an action to a reply. Two round trips to models when all goes well: the judges of the action together with the
 * writing of the reply, then the judges of the reply. Four when the reply has to be written again.
 */

interface ActionTools<State extends RoleplayState> {
  readonly tools: DecisionTools;
  readonly guidance: Guidance;
  /** See `TurnRules`. */
  readonly appraiseReply?: (state: State, reply: string, ask: Ask) => Promise<readonly EventDraft[]>;
}

/** What a rejected action costs, said to the player. */
export function rejection(state: RoleplayState, reason: string): Drafts {
  const left = Math.max(0, state.retryBudgetLeft - 1);
  const told = ruleBroken(reason, left);
  return left === 0 ? [told, budgetExhausted()] : [told];
}

const actionViolation = ({ rule, reason, model }: Objection): EventDraft =>
  validationViolation('player', { rule, reason, model, promptVersion: PROMPT_VERSION });

const replyViolation = ({ rule, reason, model }: Objection, reply: WrittenReply): EventDraft =>
  validationViolation('simulator', {
    rule,
    reason,
    model,
    promptVersion: PROMPT_VERSION,
    reply: reply.text,
    writtenBy: reply.model,
  });

const played = (reply: WrittenReply, isRewritten: boolean): EventDraft =>
  npcMessage(CHARACTER_SEAT, reply.text, {
    model: reply.model,
    promptVersion: PROMPT_VERSION,
    ...(isRewritten ? { rewritten: true } : {}),
  });

/** Drafts of a reply whose action is still being judged: kept back until it has passed, and for good where the game says so. */
function keptDrafts(tools: DecisionTools, areShown: boolean) {
  let kept: string | null = null;
  let isOpen = false;
  return {
    take: (textSoFar: string): void => {
      if (!areShown) return;
      if (isOpen) tools.draft(textSoFar);
      else kept = textSoFar;
    },
    open: (): void => {
      isOpen = true;
      if (kept !== null) tools.draft(kept);
    },
  };
}

/** Judges the action while the reply to it is being written. The first objection, or failure, ends all of it. */
async function answerAction(
  state: RoleplayState,
  action: string,
  { tools, guidance }: Pick<ActionTools<RoleplayState>, 'tools' | 'guidance'>,
): Promise<Objection | WrittenReply> {
  const scene = sceneOf(state, action);
  const group = tools.group();
  const drafts = keptDrafts(tools, state.config.showsUnjudgedText);
  tools.phase('checking');
  try {
    const reply = askReply({ scene, guidance, rejected: null }, group.ask, drafts.take);
    const judged = objectionToAction({ scene, action, guidance }, state.config.playerRules, group.ask);
    // A reply that fails ends the turn at once; one that is ready waits for the judges.
    const objection = await Promise.race([judged, reply.then(() => judged)]);
    if (objection !== null) return objection;
    tools.phase('writing');
    drafts.open();
    return await reply;
  } finally {
    group.cancel();
  }
}

/** What comes of a reply once it is written: an objection, or, if it may be played, what the game notes beside it. */
type JudgedReply =
  { readonly objection: Objection } | { readonly objection: null; readonly noted: readonly EventDraft[] };

/** Judges a reply, and lets the game ask about it at the same time: it takes no round trip of its own. */
async function judgeReply<State extends RoleplayState>(
  { state, action, reply }: { state: State; action: string; reply: WrittenReply },
  { tools, guidance, appraiseReply }: ActionTools<State>,
): Promise<JudgedReply> {
  const { judgesReplies } = state.config;
  if (!judgesReplies && appraiseReply === undefined) return { objection: null, noted: [] };
  const group = tools.group();
  tools.phase('checking');
  try {
    const noting = appraiseReply?.(state, reply.text, group.ask) ?? Promise.resolve([]);
    const about = { scene: sceneOf(state, action), reply: reply.text, guidance };
    const judged = judgesReplies ? objectionToReply(about, group.ask) : Promise.resolve(null);
    // An objection ends all of it: what the game asks about a reply that is not played is of no use.
    const objection = await Promise.race([judged, noting.then(() => judged)]);
    return objection === null ? { objection, noted: await noting } : { objection };
  } finally {
    group.cancel();
  }
}

/** Plays an action that is durable. Rejects with a `ModelFailure` when a model gives no usable answer. */
export async function* playAction<State extends RoleplayState>(
  state: State,
  action: string,
  using: ActionTools<State>,
): Decide<State> {
  const answered = await answerAction(state, action, using);
  // The violation stands first: whatever a crash leaves of this batch, the judges are not asked again.
  if ('rule' in answered) return rejected([actionViolation(answered), ...rejection(state, answered.reason)]);
  const judged = await judgeReply({ state, action, reply: answered }, using);
  if (judged.objection === null) return accepted([played(answered, false), ...judged.noted]);
  const { objection } = judged;
  // Durable before the reply is written again: after a crash neither the action nor this reply is judged anew.
  const after = yield [replyViolation(objection, answered)];
  return await rewriteReply(after, { text: action, reply: answered.text, reason: objection.reason }, using);
}

/** Writes a rejected reply once more, which is told why, and gives up if that is rejected as well. */
export async function rewriteReply<State extends RoleplayState>(
  state: State,
  { text: action, reply, reason }: { readonly text: string; readonly reply: string; readonly reason: string },
  using: ActionTools<State>,
): Promise<Decision> {
  const { tools, guidance } = using;
  const rejectedReply = { reply, reason };
  tools.phase('writing');
  const written = await askReply(
    { scene: sceneOf(state, action), guidance, rejected: rejectedReply },
    tools.ask,
    state.config.showsUnjudgedText ? tools.draft : () => undefined,
  );
  const judged = await judgeReply({ state, action, reply: written }, using);
  if (judged.objection === null) return accepted([played(written, true), ...judged.noted]);
  return rejected([replyViolation(judged.objection, written), replyRejected()]);
}
