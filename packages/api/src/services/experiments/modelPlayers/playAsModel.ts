import { askPlayer, isAwaiting, ModelFailure, seatOf, sightOf } from '@dcs/engine';
import type {
  Ask,
  Cancellation,
  CommandOutcome,
  LanguageModel,
  SessionLog,
  SessionManager,
  SessionPresent,
} from '@dcs/engine';
import type { LiveSessions } from '../../liveSessions.ts';
import { faultOfOthers, triesInVain } from './progress.ts';
import { createSeenSession } from './seenSession.ts';
import type { SeenSession } from './seenSession.ts';

export interface PlayAsModelPorts {
  readonly manager: Pick<SessionManager, 'present' | 'open' | 'act' | 'close' | 'resume'>;
  readonly log: Pick<SessionLog, 'read'>;
  readonly live: Pick<LiveSessions, 'arrive'>;
  readonly model: LanguageModel;
}

export interface PlayedSession {
  readonly sessionId: string;
  readonly participantId: string;
  /** Who makes up its mind. */
  readonly model: string;
  /** Whether this process may still play it. */
  readonly mayGoOn: () => boolean;
  readonly cancellation: Cancellation;
  /** A move was played. */
  readonly onMove: () => void;
}

/** Why a session cannot go on now, in words for those who run it. */
export interface Standstill {
  readonly reason: string;
  readonly message: string;
}

export type PlayOutcome =
  | { readonly type: 'over' }
  /** This process has to stop. */
  | { readonly type: 'stopped' }
  | { readonly type: 'standsStill'; readonly why: Standstill };

/** What a model sends in vain so often, it would go on sending. */
const MOST_IN_VAIN = 6;
const MOST_UNUSABLE = 3;

const OVER: PlayOutcome = { type: 'over' };
const STOPPED: PlayOutcome = { type: 'stopped' };
const standsStill = (reason: string, message: string): PlayOutcome => ({
  type: 'standsStill',
  why: { reason, message },
});

/**
 * Plays a session for a model to its end, or as far as it gets. What comes next follows from the log alone, and each move
 * is sent under the place in the log that it follows: made twice, by whomever, it has one effect.
 */
export async function playAsModel(ports: PlayAsModelPorts, played: PlayedSession): Promise<PlayOutcome> {
  const { manager, live } = ports;
  const { sessionId, participantId } = played;
  let seen: SeenSession | null = null;
  let unusable = 0;

  /** One step; `null` when there is to be another one. */
  async function step(): Promise<PlayOutcome | null> {
    const present = await manager.present(sessionId);
    if (present === null) return standsStill('session/not-found', 'Its session is gone.');
    if (present.exited) return OVER;
    if (present.held !== null) {
      return standsStill('session/held', 'An administrator has stopped its session.');
    }
    if (!present.opened) return begin(await manager.open(sessionId));
    const seat = seatOf(present.seats, participantId);
    if (seat === null) return standsStill('seat/not-held', 'It holds no seat in its session.');
    const viewer = { seat, seesAll: false, playerId: participantId };
    const view = present.view(viewer);
    if (isAwaiting(view)) return finishTurn(seat);
    seen ??= createSeenSession(ports.log, sessionId, viewer);
    await seen.readOn();
    if (triesInVain(seen.events) >= MOST_IN_VAIN) return leave(seen.place);
    const { turns, maxTurns } = present;
    return move(present, seen, sightOf({ view, events: seen.events, turns, maxTurns }));
  }

  function begin(outcome: CommandOutcome): PlayOutcome | null {
    if (!outcome.ok) return standsStill(outcome.reason, outcome.message);
    return outcome.accepted ? null : standsStill('session/not-opened', 'Its scene could not be opened.');
  }

  /** A crash, or a pause, has left a turn open. */
  async function finishTurn(seat: string): Promise<PlayOutcome | null> {
    await manager.resume(sessionId);
    const present = await manager.present(sessionId);
    const viewer = { seat, seesAll: false, playerId: participantId };
    const isStuck = present !== null && !present.exited && isAwaiting(present.view(viewer));
    return isStuck
      ? standsStill('turn/unfinished', 'A turn of its session could not be finished yet.')
      : null;
  }

  /** As a person who leaves: the attempt is over, and another may be begun. */
  async function leave(place: number): Promise<PlayOutcome | null> {
    const left = await manager.close({ sessionId, playerId: participantId, commandId: `leave:${place}` });
    return left.ok || left.reason === 'session/closed' ? null : standsStill(left.reason, left.message);
  }

  async function move(
    present: SessionPresent,
    read: SeenSession,
    sight: Parameters<typeof askPlayer>[0],
  ): Promise<PlayOutcome | null> {
    const { place } = read;
    let text: string;
    try {
      text = await askPlayer(sight, askAt(ports, played, { present, place }));
      unusable = 0;
    } catch (failure) {
      if (!(failure instanceof ModelFailure)) throw failure;
      if (failure.reason === 'model/cancelled') return STOPPED;
      if (failure.reason !== 'model/refused') return standsStill(failure.reason, failure.message);
      unusable += 1;
      return unusable < MOST_UNUSABLE ? null : leave(place);
    }
    if (!played.mayGoOn()) return STOPPED;
    const command = { sessionId, playerId: participantId, commandId: `move:${place}` };
    const outcome = await manager.act({ ...command, input: { text } });
    if (!outcome.ok) {
      return outcome.reason === 'session/closed' ? null : standsStill(outcome.reason, outcome.message);
    }
    if (outcome.accepted) {
      played.onMove();
      return null;
    }
    await read.readOn();
    const fault = faultOfOthers(read.events);
    return fault === null ? null : standsStill(fault.reason, fault.message);
  }

  const away = live.arrive(sessionId, participantId);
  try {
    for (;;) {
      if (!played.mayGoOn()) return STOPPED;
      const outcome = await step();
      if (outcome !== null) return outcome;
    }
  } finally {
    away();
  }
}

interface Moment {
  readonly present: SessionPresent;
  readonly place: number;
}

/** Asks whoever plays, on the account of its session like every other question. */
function askAt(
  { model }: Pick<PlayAsModelPorts, 'model'>,
  { sessionId, participantId, model: name, cancellation }: PlayedSession,
  { present, place }: Moment,
): Ask {
  const { header, turns, lastSeq } = present;
  return (question, onText = () => undefined) =>
    model.generate(
      {
        ...question,
        seed: `${header.seed}/${place}/${question.role}/${question.task}`,
        models: { player: [name] },
        occasion: {
          sessionId,
          playerId: participantId,
          experimentId: header.experimentId ?? null,
          turn: turns + 1,
          afterSeq: lastSeq,
        },
        cancellation,
      },
      onText,
    );
}
