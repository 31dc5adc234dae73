import { randomUUID } from 'node:crypto';
import { parseArgs } from 'node:util';
import { planKills, playThroughCrashes } from '../e2e/support/crashPlay.ts';
import { startServerProcess } from '../e2e/support/serverProcess.ts';

const USAGE = `Usage: npm run soak -- crash [--kills 20] [--bots 4] [--seed text]

Kills the server during play again and again, and compares after each restart what players have seen with the log.
The same seed chooses the same moments again.`;

function readWhole(text: string, name: string): number {
  if (!/^[1-9]\d{0,3}$/.test(text)) throw new Error(`--${name} must be a whole number from 1 to 9999.`);
  return Number(text);
}

async function crash(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      kills: { type: 'string', default: '20' },
      bots: { type: 'string', default: '4' },
      seed: { type: 'string', default: randomUUID().slice(0, 8) },
    },
  });
  const { seed } = values;
  const [kills, bots] = [readWhole(values.kills, 'kills'), readWhole(values.bots, 'bots')];
  console.log(`${kills} kills, ${bots} players, seed ${seed}`);
  await using server = await startServerProcess({ env: { SCRIPTED_PACE_MS: '2' } });
  const { turns, sessions, events } = await playThroughCrashes({
    server,
    kills: planKills(kills, seed),
    bots,
    seed,
    report: (line) => console.log(line),
  });
  console.log(`Nothing lost, nothing doubled: ${turns} turns, ${sessions} sessions, ${events} events.`);
}

const [what, ...rest] = process.argv.slice(2);
try {
  if (what === 'crash') await crash(rest);
  else {
    console.log(USAGE);
    process.exitCode = what === '--help' ? 0 : 2;
  }
} catch (error) {
  console.error(error);
  process.exitCode = 1;
}
