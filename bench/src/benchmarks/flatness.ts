import { setTimeout as pause } from 'node:timers/promises';
import { gather } from '../load/crowd.ts';
import { playTurns } from '../load/play.ts';
import type { Player } from '../load/player.ts';
import type { Measured } from '../report/measures.ts';
import { createMeter } from '../server/meter.ts';
import { measuredTurns, playRound } from './turnRound.ts';
import type { TurnRound, TurnServer } from './turnRound.ts';

/** The opening is turn 1 and two more are left alone; what is compared begins here. */
const EARLY_TURN = 4;
/** How many turns of each session are measured, early and late. */
const STRETCH = 20;

async function measureStretch(server: TurnServer, players: readonly Player[]): Promise<Measured> {
  const meter = createMeter(server, null);
  await meter.begin();
  const played = await playTurns(players, STRETCH);
  await meter.end();
  return measuredTurns(played, meter.use);
}

/** The same players in the same sessions, early and `lateTurn` turns into them. */
export async function earlyAndLate(
  { server, name, players: count }: Pick<TurnRound, 'server' | 'name' | 'players'>,
  lateTurn: number,
): Promise<{ readonly early: Measured; readonly late: Measured }> {
  await using crowd = await gather({ url: server.url, count, name });
  const { players } = crowd;
  await playTurns(players, EARLY_TURN - 2);
  const early = await measureStretch(server, players);
  await playTurns(players, lateTurn - EARLY_TURN - STRETCH);
  const late = await measureStretch(server, players);
  await crowd.audit();
  await crowd.finish();
  return { early, late };
}

/** Whoever has just sat down still causes a little work. */
const SETTLE_MS = 3000;

export interface IdleRound extends TurnRound {
  /** Players who sit at a session of their own, connected, and do nothing. */
  readonly idlers: number;
  readonly idleMs: number;
}

/** What idle sessions cost while nobody plays, and what somebody who plays beside them feels. */
export async function besideIdlers(
  round: IdleRound,
): Promise<{ readonly idle: Measured; readonly beside: Measured }> {
  const { server, name, idlers, idleMs } = round;
  await using crowd = await gather({ url: server.url, count: idlers, name: `${name}-idle` });
  await pause(SETTLE_MS);
  const meter = createMeter(server, null);
  await meter.begin();
  const startedAt = performance.now();
  await pause(idleMs);
  await meter.end();
  const percent = 100 / ((performance.now() - startedAt) * 1000);
  const { serverUs, databaseUs } = meter.use;
  const idle = {
    serverCpuPercent: serverUs * percent,
    ...(databaseUs === null ? {} : { databaseCpuPercent: databaseUs * percent }),
  };
  const beside = await playRound(round);
  await crowd.audit();
  await crowd.finish();
  return { idle, beside };
}
