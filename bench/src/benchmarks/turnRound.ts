import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { gather } from '../load/crowd.ts';
import { playFor } from '../load/play.ts';
import type { Pace, Played } from '../load/play.ts';
import type { Measured } from '../report/measures.ts';
import { summariseLatencies } from '../report/statistics.ts';
import { createMeter } from '../server/meter.ts';
import type { CpuUse } from '../server/meter.ts';
import type { SubjectProcess } from '../server/subjectProcess.ts';

/** A server that understands our calls. */
export interface TurnServer extends SubjectProcess {
  readonly url: string;
}

/** One crowd playing once. */
export interface TurnRound {
  readonly server: TurnServer;
  /** Unique on this server: the players' command ids begin with it. */
  readonly name: string;
  readonly players: number;
  readonly pace: Pace;
  readonly profileFile: string | null;
}

/** What players felt and what it cost, per turn. */
export function measuredTurns({ latenciesMs, seconds }: Played, use: CpuUse): Measured {
  const turns = latenciesMs.length;
  return {
    turnsPerSecond: turns / seconds,
    ...summariseLatencies(latenciesMs),
    serverCpuUsPerTurn: use.serverUs / turns,
    ...(use.databaseUs === null ? {} : { databaseCpuUsPerTurn: use.databaseUs / turns }),
    clientCpuUsPerTurn: use.clientUs / turns,
  };
}

/** Seats a crowd, lets it play, and compares what a sample of it received with the log. */
export async function playRound(round: TurnRound): Promise<Measured> {
  const { server, players: count, name, pace, profileFile } = round;
  await using crowd = await gather({ url: server.url, count, name });
  const meter = createMeter(server, profileFile);
  const played = await playFor(crowd.players, pace, meter);
  await crowd.audit();
  await crowd.finish();
  return measuredTurns(played, meter.use);
}

/** The first turns of a process run code that has not been compiled yet. */
export async function warmUp(server: TurnServer): Promise<void> {
  await playRound({
    server,
    name: 'warm',
    players: 50,
    pace: { thinkMs: 0, warmUpMs: 3000, measureMs: 1000 },
    profileFile: null,
  });
}

/** Where the profile of a measured part goes; `null` when none is wanted. */
export function profileFileFor(dir: string | null, label: string): string | null {
  if (dir === null) return null;
  mkdirSync(dir, { recursive: true });
  return path.join(dir, `${label.replaceAll(/[^a-z0-9]+/gi, '-')}.cpuprofile`);
}
