import { mkdtemp, rm } from 'node:fs/promises';
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

/** Where `parent` is left out, the folder is among the temporary files of the machine. */
export async function stageExport(
  ports: ExportPorts,
  request: ExportRequest,
  parent = tmpdir(),
): Promise<StagedExport> {
  const folder = await mkdtemp(path.join(parent, 'dcs-export-'));
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
