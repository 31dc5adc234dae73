import { setTimeout as pause } from 'node:timers/promises';
import { patiently } from './patience.ts';

/** Whoever can be kept playing. */
export interface TurnTaker {
  /** Resolves with what was felt, in milliseconds. */
  turn(): Promise<number>;
}

/** How a crowd plays: when they begin, and how long they think before each turn. */
export interface Pace {
  /** Milliseconds that a player thinks on average; 0 for one who acts as soon as the answer is there. */
  readonly thinkMs: number;
  readonly warmUpMs: number;
  readonly measureMs: number;
}

/** What was felt in the measured part, and what happened around it. */
export interface Played {
  /** Of each turn that ended in the measured part, in milliseconds. */
  readonly latenciesMs: readonly number[];
  readonly seconds: number;
}

/** Called when the measured part begins and when it ends. */
export interface Bounds {
  begin(): Promise<void> | void;
  end(): Promise<void> | void;
}

/** Far above what a turn may take even on a machine that is busy with other things. */
const SLOWEST_TURN_MS = 1000;

/** Half as long to one and a half times as long: a crowd that acts in step measures its own convoy. */
const thought = (thinkMs: number): number => thinkMs * (0.5 + Math.random());

/** Everyone plays until the measured part is over; a turn under way then is finished and not counted. */
export async function playFor(players: readonly TurnTaker[], pace: Pace, bounds: Bounds): Promise<Played> {
  const latenciesMs: number[] = [];
  let phase: 'warmUp' | 'measured' | 'over' = 'warmUp';

  async function keepPlaying(player: TurnTaker): Promise<void> {
    // Thinkers arrive spread over one thought, as people do.
    if (pace.thinkMs > 0) await pause(pace.thinkMs * Math.random());
    while (phase !== 'over') {
      const latency = await player.turn();
      if (phase === 'measured') latenciesMs.push(latency);
      if (pace.thinkMs > 0) await pause(thought(pace.thinkMs));
    }
  }

  async function keepTime(): Promise<number> {
    await pause(pace.warmUpMs);
    await bounds.begin();
    phase = 'measured';
    const startedAt = performance.now();
    await pause(pace.measureMs);
    phase = 'over';
    const seconds = (performance.now() - startedAt) / 1000;
    await bounds.end();
    return seconds;
  }

  const playing = Promise.all(players.map(keepPlaying));
  const whole = Promise.all([keepTime(), playing]);
  const [seconds] = await patiently('the crowd plays', whole, pace.warmUpMs + pace.measureMs);
  return { latenciesMs, seconds };
}

/** Everyone plays the same number of turns, one after the other without thinking. */
export async function playTurns(players: readonly TurnTaker[], turns: number): Promise<Played> {
  const latenciesMs: number[] = [];
  const startedAt = performance.now();
  const playing = players.map(async (player) => {
    for (let turn = 0; turn < turns; turn++) latenciesMs.push(await player.turn());
  });
  await patiently(`everyone plays ${turns} turns`, Promise.all(playing), turns * SLOWEST_TURN_MS);
  return { latenciesMs, seconds: (performance.now() - startedAt) / 1000 };
}
