import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { exportExperiment } from './exportExperiment.ts';
import type { ExportPorts, ExportRequest } from './exportExperiment.ts';
import type { Manifest } from './manifest.ts';
import { folderTarget } from './target.ts';

/** An export in a folder of its own, gone when it is disposed of. */
export interface StagedExport extends AsyncDisposable {
  readonly folder: string;
  readonly manifest: Manifest;
}

const PREFIX = 'dcs-export-';
/** Nobody waits as long for an export. */
const STALE_MS = 24 * 3_600_000;

/**
 * Removes what servers that were killed have left of their exports, which may say who participants are. Others may be at
 * work in the same folder: only what is a day old is taken for left. Rejects with the first failure, after trying all.
 */
export async function sweepStagedExports(now: number, parent = tmpdir()): Promise<void> {
  const names = (await readdir(parent)).filter((name) => name.startsWith(PREFIX));
  const swept = await Promise.allSettled(
    names.map(async (name) => {
      const folder = path.join(parent, name);
      if (now - (await stat(folder)).mtimeMs > STALE_MS) await rm(folder, { recursive: true, force: true });
    }),
  );
  const failed = swept.find(({ status }) => status === 'rejected');
  if (failed?.status === 'rejected') throw failed.reason;
}

/** Where `parent` is left out, the folder is among the temporary files of the machine. */
export async function stageExport(
  ports: ExportPorts,
  request: ExportRequest,
  parent = tmpdir(),
): Promise<StagedExport> {
  const folder = await mkdtemp(path.join(parent, PREFIX));
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true });
  try {
    await using target = await folderTarget(folder);
    const manifest = await exportExperiment(ports, request, target);
    return { folder, manifest, [Symbol.asyncDispose]: remove };
  } catch (fault) {
    await remove();
    throw fault;
  }
}
