import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

/** Who holds a data folder: the service that opened it, and the program the service belongs to. */
const ownerSchema = z.object({ service: z.number().int().positive(), program: z.number().int().positive() });

export type Owner = z.infer<typeof ownerSchema>;

const ownerFile = (dataDir: string) => path.join(dataDir, 'owner.json');

/** Leaves a note for the next program that finds the folder locked. Call only while holding the lock. */
export function writeOwner(dataDir: string, owner: Owner): void {
  writeFileSync(ownerFile(dataDir), JSON.stringify(owner));
}

/** The note in `dataDir`, or null when there is none that can be read. */
export function readOwner(dataDir: string): Owner | null {
  try {
    return ownerSchema.parse(JSON.parse(readFileSync(ownerFile(dataDir), 'utf8')));
  } catch {
    return null;
  }
}

/** Whether a process with this id exists, whoever it belongs to. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
