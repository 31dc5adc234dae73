import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { extract, pack } from 'tar-stream';
import type { Pack } from 'tar-stream';
import { ExportFailure } from './exportFailure.ts';

/* An export in one file: a tar archive, compressed by gzip, with all files in one folder. */

export const isArchive = (file: string): boolean => /\.(tar\.gz|tgz)$/.test(file);

const FILE_NAME = /^[a-z][a-z0-9_]*\.(csv|jsonl|json|md)$/;

async function addFile(archive: Pack, name: string, file: string): Promise<void> {
  const { size } = await stat(file);
  // Every archive of the same files is the same.
  const entry = archive.entry({ name, size, mtime: new Date(0), mode: 0o644 });
  await pipeline(createReadStream(file), entry);
}

async function addFiles(archive: Pack, folder: string, name: string): Promise<void> {
  for (const file of (await readdir(folder)).toSorted()) {
    await addFile(archive, `${name}/${file}`, path.join(folder, file));
  }
  archive.finalize();
}

/** The files of a folder as an archive in which they are in a folder `name`, made while it is read. */
export function packExport(folder: string, name: string): Readable {
  const archive = pack();
  addFiles(archive, folder, name).catch((fault: unknown) => {
    archive.destroy(fault instanceof Error ? fault : new Error(String(fault)));
  });
  return Readable.from(archive).compose(createGzip());
}

/** Writes the files of an archive into a new folder. Rejects with ExportFailure for one that is no archive of an export. */
export async function unpackExport(file: string, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const archive = extract();
  const broken = pipeline(createReadStream(file), createGunzip(), archive).then(
    () => null,
    (fault: unknown) => fault,
  );
  try {
    for await (const entry of archive) {
      // Whatever an archive says of folders, its files stay in this one.
      const name = path.posix.basename(entry.header.name);
      if (entry.header.type !== 'file' || !FILE_NAME.test(name)) {
        throw new ExportFailure(
          'export/unreadable',
          `${file} holds ${entry.header.name}, which no export has.`,
        );
      }
      await pipeline(entry, createWriteStream(path.join(folder, name), { flags: 'wx' }));
    }
    const fault = await broken;
    if (fault !== null) throw fault;
  } catch (cause) {
    if (cause instanceof ExportFailure) throw cause;
    throw new ExportFailure('export/unreadable', `${file} cannot be read as an archive (${String(cause)}).`, {
      cause,
    });
  }
}
