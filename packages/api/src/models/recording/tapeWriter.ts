import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { TAPE_FORMAT, TAPE_VERSION } from './tape.schema.ts';
import type { TapedAnswer, TapeHead } from './tape.schema.ts';
import { TapeError } from './tapeError.ts';

export interface TapeWriter {
  /** Takes down what came of a question; nobody waits until it is written. */
  write(answer: TapedAnswer): void;
  /** Writes what is left, and closes the file. Never rejects. */
  close(): Promise<void>;
}

export interface TapeWriterOptions {
  readonly file: string;
  /** The model that is taped. */
  readonly model: string;
  /** Of the seeds of sessions. */
  readonly seed: string;
  /** The tape cannot be written any more. Told once; what comes later is not on it. */
  readonly onFault: (fault: unknown) => void;
}

const codeOf = (cause: unknown): string =>
  cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown cause';

/** What characters said is nobody's business but the operator's. */
const OWNER_ONLY = 0o600;

async function openNew(file: string): Promise<FileHandle> {
  try {
    return await open(file, 'wx', OWNER_ONLY);
  } catch (cause) {
    const code = codeOf(cause);
    if (code === 'EEXIST') {
      const why = 'is there already. A tape holds one run; choose another name in MODEL_RECORD.';
      throw new TapeError('tape/exists', `${file} ${why}`, { cause });
    }
    throw new TapeError('tape/unwritable', `${file} cannot be written (${code}).`, { cause });
  }
}

/** Begins a tape in a new file. Rejects with TapeError. */
export async function createTapeWriter({
  file,
  model,
  seed,
  onFault,
}: TapeWriterOptions): Promise<TapeWriter> {
  const handle = await openNew(file);
  let isBroken = false;

  async function append(line: TapeHead | TapedAnswer): Promise<void> {
    if (isBroken) return;
    try {
      await handle.appendFile(`${JSON.stringify(line)}\n`);
    } catch (fault) {
      isBroken = true;
      onFault(fault);
    }
  }

  let written = append({ format: TAPE_FORMAT, version: TAPE_VERSION, model, seed });
  return {
    write: (answer) => {
      written = written.then(() => append(answer));
    },
    close: async () => {
      await written;
      await handle.close().catch(onFault);
    },
  };
}
