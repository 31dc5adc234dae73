import { mkdtemp, mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

const ROOT = path.resolve(import.meta.dirname, '../..');

/** A folder with our games, characters and pages, and with experiments of its own. */
export interface Project extends AsyncDisposable {
  readonly folder: string;
  /** Writes the file of an experiment, or writes it anew. */
  write(name: string, yaml: string): Promise<void>;
}

export async function createProject(): Promise<Project> {
  const folder = await mkdtemp(path.join(tmpdir(), 'dcs-e2e-project-'));
  for (const shared of ['games', 'seeds', 'packages']) {
    await symlink(path.join(ROOT, shared), path.join(folder, shared), 'dir');
  }
  await mkdir(path.join(folder, 'experiments'));
  return {
    folder,
    write: (name, yaml) => writeFile(path.join(folder, 'experiments', `${name}.yaml`), yaml),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}
