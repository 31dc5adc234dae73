import { GAME_ROLES } from '@dcs/engine';
import type { GameRole } from '@dcs/engine';
import { readModelUse } from '../../services/modelUse.ts';
import type { Latency, ModelCallAmounts } from '../../store/ports.ts';
import { EXIT } from '../cliFailure.ts';
import type { ExitCode } from '../cliFailure.ts';
import type { CliIo } from '../io.ts';
import type { DatabaseFlags, DataPorts } from '../openData.ts';
import { table } from '../table.ts';
import type { Row } from '../table.ts';

export interface ModelsOptions extends DatabaseFlags {
  /** How far to look back. */
  readonly days: number;
  readonly json?: boolean;
}

export interface ModelsPorts extends Pick<DataPorts, 'openData' | 'now'> {
  /** The models of each role, in the order in which they are asked. Rejects with EnvError. */
  readonly modelChains: () => Promise<Readonly<Record<GameRole, readonly string[]>>>;
}

const DAY_MS = 86_400_000;

const HEAD: Row = [
  'model',
  'role',
  'calls',
  'failed',
  'read',
  'written',
  'dollars',
  'seconds each',
  'p50',
  'p95',
];

/** `+ ?` where the cost of some calls is unknown. */
const dollars = ({ costUsd, unpriced }: Pick<ModelCallAmounts, 'costUsd' | 'unpriced'>): string =>
  `${costUsd.toFixed(4)}${unpriced > 0 ? ' + ?' : ''}`;

const seconds = (ms: number): string => (ms / 1000).toFixed(1);

/** `took` is how long answers took; a failure counts in `seconds each` alone. */
function rowOf(
  names: readonly [string, string],
  amounts: ModelCallAmounts,
  took: Latency | null = null,
): Row {
  const { calls, failures, inputTokens, outputTokens, totalMs } = amounts;
  const each = calls === 0 ? '' : seconds(totalMs / calls);
  const latencies = took === null ? ['', ''] : [seconds(took.p50Ms), seconds(took.p95Ms)];
  const counts = [calls, failures, inputTokens, outputTokens].map(String);
  return [...names, ...counts, dollars(amounts), each, ...latencies];
}

/** `dcs models`: who is asked for what by the settings, and what that took according to the records. Changes nothing. */
export async function models(io: CliIo, options: ModelsOptions, ports: ModelsPorts): Promise<ExitCode> {
  const { days, json = false } = options;
  const chains = await ports.modelChains();
  await using data = await ports.openData(options);
  const since = ports.now() - days * DAY_MS;
  const { roles, total, failures, days: perDay } = await readModelUse(data.stores.modelCalls, { since });
  if (json) {
    io.json({
      models: chains,
      since: new Date(since).toISOString(),
      use: roles,
      total,
      failures,
      days: perDay,
    });
    return EXIT.ok;
  }
  for (const line of table(
    GAME_ROLES.map((role) => [role, chains[role].join(', then ')]),
    2,
  )) {
    io.line(line);
  }
  io.line('');
  if (roles.length === 0) {
    io.line(`No call is recorded in ${data.where} for the last ${days} days.`);
    return EXIT.ok;
  }
  const rows = roles.map((use) => rowOf([`${use.provider}:${use.model}`, use.role], use, use.total));
  for (const line of table([HEAD, ...rows, rowOf(['total', ''], total)], 2)) io.line(line);
  io.note(`Calls of the last ${days} days in ${data.where}.`);
  return EXIT.ok;
}
