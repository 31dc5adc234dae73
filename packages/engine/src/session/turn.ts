import { createCancellation } from '../cancellation.ts';
import type { Decide, Decision, DecisionTools, GameCommand } from '../game/game.ts';
import { LogFull } from '../ports.ts';
import { randomStream } from '../random.ts';
import { askingIn, askUntil, createAskGroup, placeOf } from './asking.ts';
import { commit, commitCompletion } from './commit.ts';
import { error } from './drafts.ts';
import type { EventDraft } from './event.ts';
import { endingAfter } from './ending.ts';
import { failure, INTERRUPTED } from './failure.ts';
import type { Failure } from './failure.ts';
import type { TurnPhase } from './frame.ts';
import type { SessionContext } from './liveSession.ts';
import { OPENING } from './state.ts';
import { watchTurn } from './turnMeter.ts';
import type { TurnWatch } from './turnMeter.ts';

function signalPhase({ ports, live }: SessionContext, phase: TurnPhase): void {
  const { turns } = live.fold.game.progress(live.state.game);
  ports.bus.signal(live.header.sessionId, {
    type: 'turn',
    turn: phase === 'ended' ? turns : turns + 1,
    phase,
    turns,
    exited: live.state.ended !== null,
    exitReason: live.state.ended?.reason ?? null,
  });
}

type TellPhase = (phase: TurnPhase) => void;

function toolsFor(context: SessionContext, tell: TellPhase): DecisionTools {
  const { ports, live } = context;
  const { sessionId } = live.header;
  const cancellation = createCancellation();
  live.turn = cancellation;
  const turn = live.fold.game.progress(live.state.game).turns + 1;
  const asking = askingIn(live, { model: ports.model, turn, ending: cancellation.signal });
  return {
    now: () => ports.clock.now(),
    random: (name) => randomStream(`${placeOf(live)}/${name}`),
    ask: askUntil(asking, cancellation.signal),
    group: () => createAskGroup(asking),
    phase: tell,
    draft: (text) => ports.bus.signal(sessionId, { type: 'draft', turn, text }),
  };
}

interface Playing {
  readonly steps: Decide<unknown>;
  readonly commandId: string;
  readonly watch: TurnWatch;
}

/** Runs a game's decision to its end: each yielded batch is durable before the game goes on. */
async function play(
  context: SessionContext,
  { steps, commandId, watch }: Playing,
  tell: TellPhase,
): Promise<Decision> {
  let isStarted = false;
  let step = await steps.next();
  while (step.done !== true) {
    await commit(context, step.value, { commandId, receipt: null });
    // Not sooner: until the action is durable there is nothing to show, and what is refused leaves no trace.
    if (!isStarted) {
      watch.ended('action');
      tell('started');
    }
    isStarted = true;
    step = await steps.next(context.live.state.game);
  }
  return step.value;
}

const OUR_FAULT: EventDraft = error(
  'Something failed on our side, so this turn was not played. Nothing was taken from you. Please try again.',
  { reason: 'session/server-error', fault: 'system' },
);

/** A fault of the program must not leave a turn open: it is reported, and the turn is closed for the player. */
function decisionAfterFault({ ports, live }: SessionContext, fault: unknown): Decision {
  ports.faults.report(fault, { sessionId: live.header.sessionId, during: 'decide' });
  return { ok: true, accepted: false, events: [OUR_FAULT] };
}

function complete(
  context: SessionContext,
  { events, accepted }: Extract<Decision, { ok: true }>,
  commandId: string,
): Promise<void> {
  const { ports, live } = context;
  const cause = { commandId, receipt: { accepted } };
  // The opening is always shown, even if a limit is as low as one turn: limits are checked before the next step.
  if (commandId === OPENING) return commit(context, events, cause);
  return commitCompletion(context, { drafts: events, cause }, (after) =>
    endingAfter(live, after, ports.clock.now()),
  );
}

/**
 * Lets the game decide a command and records everything it says. Returns a Failure only if nothing was recorded, or if
 * the players have gone: then the turn stays open as a crash would leave it, and waking the session finishes it. Rejects
 * if the log did.
 */
export async function runTurn(
  context: SessionContext,
  command: GameCommand<unknown>,
  commandId: string,
): Promise<Failure | null> {
  const { live, ports } = context;
  if (live.deserted) return INTERRUPTED;
  const before = live.state.lastSeq;
  const watch = watchTurn(ports.meter);
  let isTold = false;
  const tell: TellPhase = (phase) => {
    isTold = true;
    signalPhase(context, phase);
  };
  try {
    const steps = live.fold.game.decide(live.state.game, command, toolsFor(context, tell));
    const decision = await play(context, { steps, commandId, watch }, tell).catch((fault: unknown) => {
      // What the log refused is not the game's fault, and nothing can be recorded about it just now.
      if (live.stale || fault instanceof LogFull) throw fault;
      return decisionAfterFault(context, fault);
    });
    if (!decision.ok && live.state.lastSeq === before) return failure(decision.reason, decision.message);
    // Whatever was cancelled may have made it what it is, so it does not count: it is made anew when somebody is back.
    if (live.deserted) return INTERRUPTED;
    const completed: Extract<Decision, { ok: true }> = decision.ok
      ? decision
      : { ok: true, accepted: false, events: [error(decision.message, { reason: decision.reason })] };
    watch.ended('model');
    await complete(context, completed, commandId);
    watch.ended('reply');
    ports.meter.turn(live.header.game, completed.accepted);
    return null;
  } finally {
    live.turn = null;
    if (isTold || live.state.lastSeq !== before) signalPhase(context, 'ended');
  }
}
