import type { Benchmark } from './benchmark.ts';
import { create } from './benchmarks/create.ts';
import { fanout } from './benchmarks/fanout.ts';
import { idle } from './benchmarks/idle.ts';
import { load } from './benchmarks/load.ts';
import { models } from './benchmarks/models.ts';
import { peers } from './benchmarks/peers.ts';
import { preflight } from './benchmarks/preflight.ts';
import { reconnect } from './benchmarks/reconnect.ts';
import { recovery } from './benchmarks/recovery.ts';
import { replay } from './benchmarks/replay.ts';
import { turns } from './benchmarks/turns.ts';
import { parseOptions, UsageError } from './options.ts';
import { figureJson } from './report/figure.ts';
import { describeMachine, machineLine } from './report/machine.ts';
import { table } from './report/table.ts';

const BENCHMARKS: readonly Benchmark[] = [
  turns,
  create,
  idle,
  fanout,
  reconnect,
  recovery,
  replay,
  load,
  models,
  preflight,
  peers,
];

function usage(): string {
  const benchmarks = BENCHMARKS.map(({ name, about, flags }) => {
    const lines = Object.entries(flags).map(
      ([flag, { about, fallback }]) => `      --${flag} ${fallback}`.padEnd(40) + about,
    );
    return [`  ${name.padEnd(12)}${about}`, ...lines].join('\n');
  });
  const profiled = BENCHMARKS.filter(({ profiles }) => profiles)
    .map(({ name }) => name)
    .join(', ');
  return [
    'Usage: npm run bench <name> -- [options]',
    '',
    ...benchmarks,
    '',
    '  --json            one object on standard output instead of a table',
    `  --cpu-prof DIR    CPU profiles of the server, one for each measured part (${profiled})`,
  ].join('\n');
}

function find(name: string): Benchmark {
  const found = BENCHMARKS.find((benchmark) => benchmark.name === name);
  if (found === undefined)
    throw new UsageError(name === '' ? 'Which benchmark?' : `There is no benchmark "${name}".`);
  return found;
}

async function main(args: readonly string[]): Promise<void> {
  const [name = '', ...rest] = args;
  if (name === '--help' || rest.includes('--help')) return console.log(usage());
  const benchmark = find(name);
  const options = parseOptions(rest, benchmark.flags);
  if (options.profileDir !== null && !benchmark.profiles)
    throw new UsageError(`The benchmark "${benchmark.name}" records no profiles.`);
  const machine = describeMachine();
  const progress = (line: string): void => console.error(`${benchmark.name}: ${line}`);
  const figures = await benchmark.run({ options, progress });
  if (options.json) {
    console.log(JSON.stringify({ name: benchmark.name, machine, figures: figures.map(figureJson) }, null, 2));
  } else {
    console.log(`\n${benchmark.about}\n${machineLine(machine)}\n\n${table(figures)}`);
  }
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  if (error instanceof UsageError) console.error(`${error.message}\n\n${usage()}`);
  else console.error(error);
  process.exitCode = error instanceof UsageError ? 2 : 1;
}
