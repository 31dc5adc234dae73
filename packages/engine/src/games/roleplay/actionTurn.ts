import type { Ask } from '../../game/ask.ts';
import type { Decide, Decision, DecisionTools } from '../../game/game.ts';
import { npcMessage, validationViolation } from '../../session/drafts.ts';
import type { EventDraft } from '../../session/event.ts';
import { disclosedInPlay, discreetly } from './disclosure/disclosure.ts';
import type { Telling } from './disclosure/disclosure.ts';
import { disclosureViolation, whyRefused } from './disclosure/refusing.ts';
import { tellableObjection } from './disclosure/withholding.ts';
import type { TellableObjection } from './disclosure/withholding.ts';
import { objectionToAction, objectionToReply } from './judging.ts';
import type { PlayerObjection, SimulatorObjection } from './judging.ts';
import { budgetExhausted, replyRejected, ruleBroken } from './notices.ts';
import type { Drafts } from './outcome.ts';
import { accepted, rejected } from './outcome.ts';
import type { Guidance } from './prompts/guidance.ts';
import type { RejectedReply } from './prompts/updater.ts';
import { PROMPT_VERSION } from './prompts/version.ts';
import { askReply } from './requests.ts';
import type { WrittenText } from './requests.ts';
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

const actionViolation = ({ rule, reason, model, withheld }: TellableObjection): EventDraft =>
  validationViolation('player', {
    rule,
    reason,
    model,
    promptVersion: PROMPT_VERSION,
    ...(withheld === undefined ? {} : { disclosed: withheld.disclosed, withheld: withheld.reason }),
  });

const replyViolation = ({ rule, reason, model }: SimulatorObjection, reply: WrittenText): EventDraft =>
  validationViolation('simulator', {
    rule,
    reason,
    model,
    promptVersion: PROMPT_VERSION,
    reply: reply.text,
    writtenBy: reply.model,
  });

const played = (reply: WrittenText, isRewritten: boolean): EventDraft =>
  npcMessage(CHARACTER_SEAT, reply.text, {
    model: reply.model,
    promptVersion: PROMPT_VERSION,
    ...(isRewritten ? { rewritten: true } : {}),
  });

const tellingOf = (
  state: RoleplayState,
  { guidance }: Pick<ActionTools<RoleplayState>, 'guidance'>,
): Telling => ({
  state,
  guidance,
  said: [],
});

/** Where drafts of a reply go: nowhere, unless the game shows text that no judge has read. */
function shownDrafts(telling: Telling, { draft }: DecisionTools): (textSoFar: string) => void {
  return telling.state.config.showsUnjudgedText ? discreetly(telling, draft) : () => undefined;
}

/** Drafts of a reply whose action is still being judged: kept back until it has passed. */
function keptDrafts(show: (textSoFar: string) => void) {
  let kept: string | null = null;
  let isOpen = false;
  return {
    take: (textSoFar: string): void => {
      if (isOpen) show(textSoFar);
      else kept = textSoFar;
    },
    open: (): void => {
      isOpen = true;
      if (kept !== null) show(kept);
    },
  };
}

/** Judges the action while the reply to it is being written. The first objection, or failure, ends all of it. */
async function answerAction(
  state: RoleplayState,
  action: string,
  { tools, guidance }: Pick<ActionTools<RoleplayState>, 'tools' | 'guidance'>,
): Promise<PlayerObjection | WrittenText> {
  const scene = sceneOf(state, action);
  const group = tools.group();
  const drafts = keptDrafts(shownDrafts(tellingOf(state, { guidance }), tools));
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

/** What comes of a reply once it is written: what refuses it, or, if it may be played, what the game notes beside it. */
type JudgedReply =
  | { readonly refusal: { readonly violation: EventDraft; readonly rejected: RejectedReply } }
  | { readonly refusal: null; readonly noted: readonly EventDraft[] };

/** Refuses a reply that tells what it must not. No model is asked, and nobody is told of it again. */
function refuseDisclosure(reply: WrittenText, telling: Telling): JudgedReply | null {
  const disclosed = disclosedInPlay(reply.text, telling);
  if (disclosed === null) return null;
  const rejected = { reply: null, reason: whyRefused(disclosed) };
  return { refusal: { violation: disclosureViolation(disclosed, reply), rejected } };
}

/** Judges a reply, and lets the game ask about it at the same time: it takes no round trip of its own. */
async function judgeReply<State extends RoleplayState>(
  { state, action, reply }: { state: State; action: string; reply: WrittenText },
  { tools, guidance, appraiseReply }: ActionTools<State>,
): Promise<JudgedReply> {
  const disclosure = refuseDisclosure(reply, tellingOf(state, { guidance }));
  if (disclosure !== null) return disclosure;
  const { judgesReplies } = state.config;
  if (!judgesReplies && appraiseReply === undefined) return { refusal: null, noted: [] };
  const group = tools.group();
  tools.phase('checking');
  try {
    const noting = appraiseReply?.(state, reply.text, group.ask) ?? Promise.resolve([]);
    const about = { scene: sceneOf(state, action), reply: reply.text, guidance };
    const judged = judgesReplies ? objectionToReply(about, group.ask) : Promise.resolve(null);
    // An objection ends all of it: what the game asks about a reply that is not played is of no use.
    const objection = await Promise.race([judged, noting.then(() => judged)]);
    if (objection === null) return { refusal: null, noted: await noting };
    const rejected = { reply: reply.text, reason: objection.reason };
    return { refusal: { violation: replyViolation(objection, reply), rejected } };
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
  if ('rule' in answered) {
    const told = tellableObjection(answered, tellingOf(state, using));
    // The violation stands first: whatever a crash leaves of this batch, the judges are not asked again.
    return rejected([actionViolation(told), ...rejection(state, told.reason)]);
  }
  const judged = await judgeReply({ state, action, reply: answered }, using);
  if (judged.refusal === null) return accepted([played(answered, false), ...judged.noted]);
  // Durable before the reply is written again: after a crash neither the action nor this reply is judged anew.
  const after = yield [judged.refusal.violation];
  return await rewriteReply(after, { text: action, ...judged.refusal.rejected }, using);
}

/** Writes a rejected reply once more, which is told why, and gives up if that is rejected as well. */
export async function rewriteReply<State extends RoleplayState>(
  state: State,
  { text: action, reply, reason }: RejectedReply & { readonly text: string },
  using: ActionTools<State>,
): Promise<Decision> {
  const { tools, guidance } = using;
  tools.phase('writing');
  const written = await askReply(
    { scene: sceneOf(state, action), guidance, rejected: { reply, reason } },
    tools.ask,
    shownDrafts(tellingOf(state, using), tools),
  );
  const judged = await judgeReply({ state, action, reply: written }, using);
  if (judged.refusal === null) return accepted([played(written, true), ...judged.noted]);
  return rejected([judged.refusal.violation, replyRejected()]);
}
