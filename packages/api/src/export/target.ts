import { createHash } from 'node:crypto';
import { mkdir, open, readdir } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { ExportFailure } from './exportFailure.ts';

/** Where the bytes of one file go. The next chunk is handed over when the last one is written. */
export interface Sink {
  write(chunk: Uint8Array): Promise<void>;
  close(): Promise<void>;
}

/** Where the files of an export go. */
export interface ExportTarget {
  /** A file that is not there yet. */
  open(name: string): Promise<Sink>;
}

/** A folder that files are written into. What is still open when it is disposed of, after a failure, is closed then. */
export interface FolderTarget extends ExportTarget, AsyncDisposable {}

/** A new or an empty folder. Rejects with ExportFailure for one that holds anything. */
export async function folderTarget(folder: string): Promise<FolderTarget> {
  await mkdir(folder, { recursive: true });
  if ((await readdir(folder)).length > 0) {
    const message = `${folder} is not empty. Choose a folder that is not there yet.`;
    throw new ExportFailure('export/folder-not-empty', message);
  }
  const files = new Set<FileHandle>();
  const close = async (file: FileHandle): Promise<void> => {
    files.delete(file);
    await file.close();
  };
  return {
    open: async (name) => {
      const file = await open(path.join(folder, name), 'wx');
      files.add(file);
      return { write: (chunk) => file.writeFile(chunk), close: () => close(file) };
    },
    async [Symbol.asyncDispose]() {
      for (const file of files) await close(file);
    },
  };
}

/** A file of an export, by which it is recognised. */
export interface FileFigures {
  readonly name: string;
  readonly bytes: number;
  /** In hexadecimal. */
  readonly sha256: string;
}

/** Text that goes to a file in chunks. */
export interface FileWriter {
  write(text: string): Promise<void>;
  close(): Promise<FileFigures>;
}

/** UTF-16 units that are gathered before they are written. */
const CHUNK = 65_536;

export async function createFileWriter(target: ExportTarget, name: string): Promise<FileWriter> {
  const sink = await target.open(name);
  const hash = createHash('sha256');
  let gathered: string[] = [];
  let size = 0;
  let bytes = 0;

  async function flush(): Promise<void> {
    const chunk = Buffer.from(gathered.join(''), 'utf8');
    gathered = [];
    size = 0;
    bytes += chunk.length;
    hash.update(chunk);
    await sink.write(chunk);
  }

  return {
    write: async (text) => {
      gathered.push(text);
      size += text.length;
      if (size >= CHUNK) await flush();
    },
    close: async () => {
      if (size > 0) await flush();
      await sink.close();
      return { name, bytes, sha256: hash.digest('hex') };
    },
  };
}
