import { MODEL_ROLES } from '@dcs/engine';
import type { ModelRole } from '@dcs/engine';
import type { ModelCallSum } from '../../store/ports.ts';
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
  readonly modelChains: () => Promise<Readonly<Record<ModelRole, readonly string[]>>>;
}

const DAY_MS = 86_400_000;

const HEAD: Row = ['model', 'role', 'calls', 'failed', 'read', 'written', 'dollars', 'seconds each'];

/** `+ ?` where the cost of some calls is unknown. */
const dollars = ({ costUsd, unpriced }: Pick<ModelCallSum, 'costUsd' | 'unpriced'>): string =>
  `${costUsd.toFixed(4)}${unpriced > 0 ? ' + ?' : ''}`;

function rowOf(
  names: readonly [string, string],
  sum: Omit<ModelCallSum, 'provider' | 'model' | 'role'>,
): Row {
  const { calls, failures, inputTokens, outputTokens, totalMs } = sum;
  const each = calls === 0 ? '' : (totalMs / calls / 1000).toFixed(1);
  return [...names, ...[calls, failures, inputTokens, outputTokens].map(String), dollars(sum), each];
}

function totalOf(sums: readonly ModelCallSum[]): Omit<ModelCallSum, 'provider' | 'model' | 'role'> {
  const total = (of: (sum: ModelCallSum) => number): number =>
    sums.reduce((whole, sum) => whole + of(sum), 0);
  return {
    calls: total(({ calls }) => calls),
    failures: total(({ failures }) => failures),
    inputTokens: total(({ inputTokens }) => inputTokens),
    outputTokens: total(({ outputTokens }) => outputTokens),
    costUsd: total(({ costUsd }) => costUsd),
    unpriced: total(({ unpriced }) => unpriced),
    totalMs: total(({ totalMs }) => totalMs),
  };
}

/** `dcs models`: who is asked for what by the settings, and what that took according to the records. Changes nothing. */
export async function models(io: CliIo, options: ModelsOptions, ports: ModelsPorts): Promise<ExitCode> {
  const { days, json = false } = options;
  const chains = await ports.modelChains();
  await using data = await ports.openData(options);
  const since = ports.now() - days * DAY_MS;
  const sums = await data.stores.modelCalls.sums({ since });
  const total = totalOf(sums);
  if (json) {
    io.json({ models: chains, since: new Date(since).toISOString(), use: sums, total });
    return EXIT.ok;
  }
  for (const line of table(
    MODEL_ROLES.map((role) => [role, chains[role].join(', then ')]),
    2,
  )) {
    io.line(line);
  }
  io.line('');
  if (sums.length === 0) {
    io.line(`No call is recorded in ${data.where} for the last ${days} days.`);
    return EXIT.ok;
  }
  const rows = sums.map((sum) => rowOf([`${sum.provider}:${sum.model}`, sum.role], sum));
  for (const line of table([HEAD, ...rows, rowOf(['total', ''], total)], 2)) io.line(line);
  io.note(`Calls of the last ${days} days in ${data.where}.`);
  return EXIT.ok;
}
