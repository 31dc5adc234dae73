import { feedbackSchema, MOST_ANNOUNCEMENT, MOST_HOLD_REASON } from '@dcs/engine';
import type {
  CommandOutcome,
  EvaluateSession,
  FeedbackOnReply,
  SessionCommand,
  SessionInput,
  SessionManager,
} from '@dcs/engine';
import { z } from 'zod';

/* What one node asks of another: a method of its session manager, with what it takes. */

type CommandCall =
  | (SessionCommand & { readonly method: 'act'; readonly input: SessionInput })
  | (SessionCommand & { readonly method: 'rollBack'; readonly toSeq: number })
  | (SessionCommand & { readonly method: 'takeSeat'; readonly seat: string })
  | (SessionCommand & FeedbackOnReply & { readonly method: 'giveFeedback' })
  | (SessionCommand & { readonly method: 'hold'; readonly reason: string })
  | (SessionCommand & { readonly method: 'announce'; readonly text: string })
  | (SessionCommand & { readonly method: 'close' | 'releaseSeat' | 'release' | 'end' });

export type SessionCall =
  | CommandCall
  | (EvaluateSession & { readonly method: 'evaluate' })
  | { readonly method: 'open' | 'pause' | 'resume' | 'checkLimits'; readonly sessionId: string };

/** Longer than any id of ours; whatever else is in a call is bounded by the size of the message. */
const id = z.string().min(1).max(200);
/** Of the names of all models in a chain. */
const LONGEST_JUDGE = 2_000;
const command = { sessionId: id, playerId: id, commandId: z.string().min(1).max(400) };
const input = z.union([z.object({ text: z.string() }), z.object({ action: z.json() })]);

const sessionCallSchema: z.ZodType<SessionCall> = z.discriminatedUnion('method', [
  z.object({ method: z.literal('open'), sessionId: id }),
  z.object({ method: z.literal('act'), ...command, input }),
  z.object({ method: z.literal('close'), ...command }),
  z.object({ method: z.literal('rollBack'), ...command, toSeq: z.number().int() }),
  z.object({ method: z.literal('takeSeat'), ...command, seat: z.string().max(200) }),
  z.object({ method: z.literal('releaseSeat'), ...command }),
  z.object({
    method: z.literal('giveFeedback'),
    ...command,
    eventId: z.string().max(400),
    feedback: feedbackSchema.nullable(),
  }),
  z.object({ method: z.literal('hold'), ...command, reason: z.string().max(MOST_HOLD_REASON) }),
  z.object({ method: z.literal('release'), ...command }),
  z.object({ method: z.literal('announce'), ...command, text: z.string().max(MOST_ANNOUNCEMENT) }),
  z.object({ method: z.literal('end'), ...command }),
  z.object({ method: z.literal('evaluate'), sessionId: id, judge: z.string().min(1).max(LONGEST_JUDGE) }),
  z.object({ method: z.literal('pause'), sessionId: id }),
  z.object({ method: z.literal('resume'), sessionId: id }),
  z.object({ method: z.literal('checkLimits'), sessionId: id }),
]);

const outcomeSchema: z.ZodType<CommandOutcome> = z.discriminatedUnion('ok', [
  z.object({
    ok: z.literal(true),
    accepted: z.boolean(),
    turns: z.number(),
    exited: z.boolean(),
    exitReason: z.string().nullable(),
    lastSeq: z.number(),
  }),
  z.object({ ok: z.literal(false), reason: z.string(), message: z.string(), retryable: z.boolean() }),
]);

/** What travels. `from` is where the answer goes; a call is known by its `id`. */
export const callMessageSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('call'), id, from: id, call: sessionCallSchema }),
  /** It is being done. The answer may take as long as a model does. */
  z.object({ type: z.literal('heard'), id }),
  /** `null` where there is nothing to say but that it is done. */
  z.object({ type: z.literal('answer'), id, outcome: outcomeSchema.nullable() }),
  /** The asked node does not drive that session. */
  z.object({ type: z.literal('declined'), id }),
]);
export type CallMessage = z.infer<typeof callMessageSchema>;

/** Does here what a call asks for; `null` where the manager has nothing to say. */
export async function perform(manager: SessionManager, call: SessionCall): Promise<CommandOutcome | null> {
  switch (call.method) {
    case 'open':
      return manager.open(call.sessionId);
    case 'evaluate':
      return manager.evaluate(call);
    case 'act':
    case 'close':
    case 'rollBack':
    case 'takeSeat':
    case 'releaseSeat':
    case 'giveFeedback':
    case 'hold':
    case 'release':
    case 'announce':
    case 'end':
      return performCommand(manager, call);
    case 'pause':
    case 'resume':
    case 'checkLimits':
      await manager[call.method](call.sessionId);
      return null;
    default: {
      const unreachable: never = call;
      return unreachable;
    }
  }
}

function performCommand(manager: SessionManager, call: CommandCall): Promise<CommandOutcome> {
  switch (call.method) {
    case 'act':
      return manager.act(call);
    case 'close':
      return manager.close(call);
    case 'rollBack':
      return manager.rollBack(call);
    case 'takeSeat':
      return manager.takeSeat(call);
    case 'releaseSeat':
      return manager.releaseSeat(call);
    case 'giveFeedback':
      return manager.giveFeedback(call);
    case 'hold':
      return manager.hold(call);
    case 'release':
      return manager.release(call);
    case 'announce':
      return manager.announce(call);
    case 'end':
      return manager.end(call);
    default: {
      const unreachable: never = call;
      return unreachable;
    }
  }
}
