import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { MANIFEST_FILE } from '../manifest.ts';
import type { Manifest } from '../manifest.ts';
import type { Findings } from './findings.ts';

async function figuresOf(file: string): Promise<{ readonly bytes: number; readonly sha256: string }> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of createReadStream(file)) {
    if (!Buffer.isBuffer(chunk)) throw new TypeError(`${file} was not read as bytes.`);
    bytes += chunk.length;
    hash.update(chunk);
  }
  return { bytes, sha256: hash.digest('hex') };
}

/** Whether there is every file of the manifest and no other, each with the bytes that were written. */
export async function checkFiles(folder: string, { files }: Manifest, findings: Findings): Promise<void> {
  const present = new Set(await readdir(folder));
  present.delete(MANIFEST_FILE);
  for (const { name, bytes, sha256 } of files) {
    if (!present.delete(name)) {
      findings.add('file/missing', `${name} is missing.`);
      continue;
    }
    const found = await figuresOf(path.join(folder, name));
    if (found.bytes !== bytes) {
      findings.add('file/changed', `${name} has ${found.bytes} bytes; it was written with ${bytes}.`);
    } else if (found.sha256 !== sha256) {
      findings.add('file/changed', `${name} is not what was written: its SHA-256 is ${found.sha256}.`);
    }
  }
  for (const name of present) findings.add('file/unexpected', `${name} is no part of the export.`);
}
