import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { SOAKS } from './soak/index.ts';
import type { Soak } from './soak/soak.ts';

const amountsOf = ({ amounts }: Soak): string =>
  Object.entries(amounts)
    .map(([name, amount]) => `[--${name} ${amount}]`)
    .join(' ');

function usage(): string {
  const names = Object.entries(SOAKS).map(
    ([name, soak]) => `  ${name} ${amountsOf(soak)}\n      ${soak.about}`,
  );
  return `Usage: npm run soak -- <name>|all [--seed number]

Long runs of what the tests do briefly. Each tells how far it has come; the same seed makes the same choices again.

${names.join('\n')}`;
}

interface Range {
  readonly least: number;
  readonly most: number;
}

/** A run of nothing would prove nothing. */
const AMOUNTS: Range = { least: 1, most: 1_000_000 };
const SEEDS: Range = { least: 0, most: 2 ** 31 - 1 };

function readWhole(text: string, name: string, { least, most }: Range): number {
  const value = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= least && value <= most) return value;
  throw new Error(`--${name} must be a whole number from ${least} to ${most}.`);
}

interface Plan {
  readonly name: string;
  readonly soak: Soak;
  readonly amounts: Readonly<Record<string, number>>;
  readonly seed: number;
}

/** Throws on options that the soak does not have. */
function planOf(name: string, soak: Soak, args: readonly string[]): Plan {
  const names = [...Object.keys(soak.amounts), 'seed'];
  const { values } = parseArgs({
    args: [...args],
    options: Object.fromEntries(names.map((option) => [option, { type: 'string' as const }])),
  });
  const seed = values['seed'];
  return {
    name,
    soak,
    amounts: Object.fromEntries(
      Object.entries(soak.amounts).map(([option, amount]) => {
        const given = values[option];
        return [option, given === undefined ? amount : readWhole(given, option, AMOUNTS)];
      }),
    ),
    seed: seed === undefined ? randomInt(SEEDS.most) : readWhole(seed, 'seed', SEEDS),
  };
}

function elapsed(since: number): string {
  const seconds = Math.round((performance.now() - since) / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** Whether everything held. */
async function execute({ name, soak, amounts, seed }: Plan): Promise<boolean> {
  const started = performance.now();
  const report = (line: string): void => console.log(`${elapsed(started).padStart(6)}  ${line}`);
  const options = Object.entries({ ...amounts, seed }).map(([option, value]) => `--${option} ${value}`);
  console.log(`${name} ${options.join(' ')}`);
  try {
    report(await soak.run({ amounts, seed, report }));
    return true;
  } catch (error) {
    console.error(error);
    report(`FAILED. Again: npm run soak -- ${name} ${options.join(' ')}`);
    return false;
  }
}

/** `null` when there is no such soak. Throws on options that make no sense. */
function plansFor(what: string, args: readonly string[]): readonly Plan[] | null {
  if (what === 'all') return Object.entries(SOAKS).map(([name, soak]) => planOf(name, soak, args));
  const soak = Object.hasOwn(SOAKS, what) ? SOAKS[what] : undefined;
  return soak === undefined ? null : [planOf(what, soak, args)];
}

const [what = '--help', ...args] = process.argv.slice(2);
try {
  const plans = plansFor(what, args);
  if (what === '--help') console.log(usage());
  else if (plans === null) {
    console.error(`There is no soak called ${what}.\n\n${usage()}`);
    process.exitCode = 2;
  }
  for (const plan of plans ?? []) if (!(await execute(plan))) process.exitCode = 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
}
