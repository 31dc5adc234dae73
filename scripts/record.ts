/** Plays a flow of scripts/lib/flows.ts and adds its recording to the ones that the tests fold: `node scripts/record.ts <name>`. */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { recordingText } from '@dcs/engine';
import { FLOWS } from './lib/flows.ts';
import { openRecordingTable } from './lib/recordingTable.ts';

const FOLDER = path.join(import.meta.dirname, '../packages/engine/recordings');

function usage(): string {
  const flows = Object.entries(FLOWS).map(([name, { about }]) => `  ${name}\n      ${about}`);
  return `Usage: node scripts/record.ts <name>...\n\n${flows.join('\n')}`;
}

/** Rejects when there is a recording of that name: it is folded for ever, and a changed flow needs a name of its own. */
async function add(name: string): Promise<string> {
  const flow = Object.hasOwn(FLOWS, name) ? FLOWS[name] : undefined;
  if (flow === undefined) throw new Error(`There is no flow "${name}".\n\n${usage()}`);
  const table = await openRecordingTable();
  const sessionId = await flow.play(table);
  const recording = await table.record(sessionId, { name, about: flow.about });
  const file = path.join(FOLDER, `${name}.json`);
  await writeFile(file, recordingText(recording), { flag: 'wx' }).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code !== 'EEXIST') throw cause;
    throw new Error(`${name} is recorded already. Recordings are added, never made again.`, { cause });
  });
  return `${path.relative(process.cwd(), file)}: ${recording.steps.length} events`;
}

const names = process.argv.slice(2);
if (names.length === 0 || names[0]?.startsWith('-') === true) {
  console.log(usage());
  process.exitCode = names[0] === '--help' ? 0 : 2;
} else {
  try {
    for (const name of names) console.log(await add(name));
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
