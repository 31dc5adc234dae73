import { open } from 'node:fs/promises';
import type { CatalogProblem } from './problem.ts';

/** A file's text, or why it cannot be had. */
export type TextResult =
  { readonly ok: true; readonly text: string } | { readonly ok: false; readonly problem: CatalogProblem };

/** A problem with a file as a whole. */
export function fileProblem(
  file: string,
  reason: string,
  words: { message: string; fix: string },
): CatalogProblem {
  return { severity: 'error', file, line: 1, column: 1, path: '', reason, ...words };
}

function decode(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** The file's bytes, or `null` when there are more than `mostBytes`. Rejects when the file cannot be read. */
async function readBounded(file: string, mostBytes: number): Promise<Uint8Array | null> {
  await using handle = await open(file, 'r');
  const buffer = Buffer.allocUnsafe(mostBytes + 1);
  let length = 0;
  while (length < buffer.length) {
    const { bytesRead } = await handle.read(buffer, length, buffer.length - length);
    if (bytesRead === 0) return buffer.subarray(0, length);
    length += bytesRead;
  }
  return null;
}

/** Reads a file of at most `mostBytes` in UTF-8. Never rejects. */
export async function readTextFile(file: string, mostBytes: number): Promise<TextResult> {
  const failed = (reason: string, words: { message: string; fix: string }): TextResult => ({
    ok: false,
    problem: fileProblem(file, reason, words),
  });
  let bytes: Uint8Array | null;
  try {
    bytes = await readBounded(file, mostBytes);
  } catch (error) {
    const cause = error instanceof Error && 'code' in error ? String(error.code) : 'unknown cause';
    return failed('file/unreadable', {
      message: `cannot be read (${cause})`,
      fix: 'Check that it is a file and that you may read it.',
    });
  }
  if (bytes === null) {
    return failed('file/too-big', {
      message: `is larger than ${mostBytes / 1024} kB`,
      fix: 'Shorten it or split it.',
    });
  }
  const text = decode(bytes);
  if (text === null) {
    return failed('file/not-utf8', {
      message: 'is not UTF-8 text',
      fix: 'Save it again with the encoding UTF-8.',
    });
  }
  return { ok: true, text };
}
