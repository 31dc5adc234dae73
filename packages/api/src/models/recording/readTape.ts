import { open } from 'node:fs/promises';
import { z } from 'zod';
import { TAPE_VERSION, tapedAnswerSchema, tapeHeadSchema, tapeVersionSchema } from './tape.schema.ts';
import type { TapedAnswer, TapeHead } from './tape.schema.ts';
import { TapeError } from './tapeError.ts';

/** What was answered in a run, to be given again. */
export interface Tape {
  readonly file: string;
  /** The model that was taped. */
  readonly model: string;
  /** Of the seeds of sessions; see `createSessionSeeds`. */
  readonly seed: string;
  /** In the order in which answers came. */
  readonly answers: readonly TapedAnswer[];
  /** Whether the last line is cut off, as by a crash; it is left out. */
  readonly isCut: boolean;
}

/** Some hundred thousand answers. */
const MOST_BYTES = 256 * 1024 * 1024;

async function readText(file: string): Promise<string> {
  try {
    await using handle = await open(file, 'r');
    const { size } = await handle.stat();
    if (size > MOST_BYTES) {
      throw new TapeError('tape/unreadable', `${file} is larger than ${MOST_BYTES / 1024 / 1024} MB.`);
    }
    return await handle.readFile('utf8');
  } catch (cause) {
    if (cause instanceof TapeError) throw cause;
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown cause';
    throw new TapeError('tape/unreadable', `${file} cannot be read (${code}).`, { cause });
  }
}

/** `undefined` for what is no JSON, which no JSON is. */
function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function readHead(file: string, line: string): TapeHead {
  const value = parsed(line);
  const version = tapeVersionSchema.safeParse(value).data?.version;
  if (version === undefined) {
    throw new TapeError('tape/foreign', `${file} is no tape: MODEL_RECORD=<file> makes one.`);
  }
  if (version !== TAPE_VERSION) {
    const message = `${file} is a tape of version ${version}; this DCS reads version ${TAPE_VERSION}.`;
    throw new TapeError('tape/other-version', message);
  }
  const head = tapeHeadSchema.safeParse(value);
  if (head.success) return head.data;
  throw new TapeError('tape/damaged', `Line 1 of ${file} is damaged: ${z.prettifyError(head.error)}`);
}

/** `number` is that of the line, from 1. */
function readAnswer(file: string, line: string, number: number): TapedAnswer {
  const value = parsed(line);
  const answer = tapedAnswerSchema.safeParse(value);
  if (answer.success) return answer.data;
  const problem = value === undefined ? 'it is not JSON.' : z.prettifyError(answer.error);
  throw new TapeError('tape/damaged', `Line ${number} of ${file} is damaged: ${problem}`);
}

/** Reads a whole tape. Rejects with TapeError. */
export async function readTape(file: string): Promise<Tape> {
  const [head = '', ...lines] = (await readText(file)).split('\n');
  const { model, seed } = readHead(file, head);
  const last = lines.pop() ?? '';
  const answers = lines.map((line, index) => readAnswer(file, line, index + 2));
  // What ends without a line break was still being written, unless somebody's editor took the break away.
  const isCut = last !== '' && parsed(last) === undefined;
  if (last !== '' && !isCut) answers.push(readAnswer(file, last, lines.length + 2));
  return { file, model, seed, answers, isCut };
}
