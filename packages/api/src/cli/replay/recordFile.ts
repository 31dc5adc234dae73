import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { recordingSchema, recordingText, recordSession } from '@dcs/engine';
import type { SessionEvent } from '@dcs/engine';
import { z } from 'zod';
import { CliFailure, EXIT } from '../cliFailure.ts';
import { shownPath } from '../projectFolders.ts';
import { version } from '../version.ts';
import { stepsUntil } from './keptSession.ts';
import type { KeptSession } from './keptSession.ts';

const EXTENSION = '.json';

/** The name of a recording is that of its file. Throws a failure that says what a name is like. */
export function recordingName(file: string): string {
  const parsed = recordingSchema.shape.name.safeParse(path.basename(file, EXTENSION));
  if (parsed.success && path.extname(file) === EXTENSION) return parsed.data;
  const why =
    'Name the file after what it shows, in lower-case words with hyphens, such as explore-late-answer.json.';
  throw new CliFailure(`${shownPath(path.resolve(file))} is no name for a recording. ${why}`, {
    exitCode: EXIT.usage,
  });
}

async function writeNew(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text, { flag: 'wx' });
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown';
    const why =
      code === 'EEXIST'
        ? 'is there already. Recordings are added, never made again; choose another name.'
        : `cannot be written (${code}).`;
    throw new CliFailure(`${shownPath(path.resolve(file))} ${why}`, { cause });
  }
}

/** Writes the recording of a session into a new file; resolves with how many events it has. */
export async function recordFile(session: KeptSession, file: string): Promise<number> {
  const name = recordingName(file);
  const { game, header, sheets } = session;
  const events: SessionEvent[] = [];
  for await (const { event } of stepsUntil(session)) events.push(event);
  const about = `A session of ${header.game} ${header.gameVersion}, recorded with dcs replay.`;
  const text = recordedText(() =>
    recordingText(recordSession({ game, header, sheets, events }, { name, about, engineVersion: version })),
  );
  await writeNew(file, text);
  return events.length;
}

function recordedText(record: () => string): string {
  try {
    return record();
  } catch (cause) {
    if (!(cause instanceof z.ZodError)) throw cause;
    throw new CliFailure(`The session does not fit into a recording.\n${z.prettifyError(cause)}`, { cause });
  }
}
