import type { ModelPlayer } from '@dcs/engine';
import type { Standstill } from './playAsModel.ts';

/** A participant that a model plays and that cannot go on for the moment. */
export interface WaitingPlayer extends Standstill {
  readonly experiment: string;
  readonly player: ModelPlayer;
  /** How often it was tried in vain. */
  readonly tries: number;
  /** Epoch ms of the next try. */
  readonly until: number;
}

/** Who waits at this server, for how long, and why. */
export interface Standstills {
  /** Milliseconds until it is tried again: longer each time, until `forget`. */
  wait(experiment: string, player: ModelPlayer, why: Standstill): number;
  /** It has gone on. */
  forget(participantId: string): void;
  isWaiting(participantId: string): boolean;
  /** Of an experiment; those included whose next try is under way. */
  of(experiment: string): readonly WaitingPlayer[];
}

const LEAST_MS = 1_000;
const MOST_MS = 120_000;

export function createStandstills(clock: { now(): number }): Standstills {
  const waiting = new Map<string, WaitingPlayer>();
  return {
    wait: (experiment, player, why) => {
      const tries = (waiting.get(player.participantId)?.tries ?? 0) + 1;
      const ms = Math.min(MOST_MS, LEAST_MS * 2 ** (tries - 1));
      waiting.set(player.participantId, { ...why, experiment, player, tries, until: clock.now() + ms });
      return ms;
    },
    forget: (participantId) => void waiting.delete(participantId),
    isWaiting: (participantId) => (waiting.get(participantId)?.until ?? 0) > clock.now(),
    of: (experiment) => [...waiting.values()].filter((one) => one.experiment === experiment),
  };
}
