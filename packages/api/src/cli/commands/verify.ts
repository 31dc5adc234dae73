import type { Game } from '@dcs/engine';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { isArchive, unpackExport } from '../../export/archive.ts';
import { verifyExport } from '../../export/verify/verifyExport.ts';
import type { ExportVerification } from '../../export/verify/verifyExport.ts';
import { EXIT } from '../cliFailure.ts';
import type { ExitCode } from '../cliFailure.ts';
import type { CliIo } from '../io.ts';

export interface VerifyOptions {
  /** A folder, or an archive. */
  readonly place: string;
  readonly json?: boolean;
}

export interface VerifyPorts {
  /** Those whose sessions can be folded. */
  readonly games: () => Promise<readonly Game[]>;
}

async function verifyPlace(place: string, games: readonly Game[]): Promise<ExportVerification> {
  if (!isArchive(place)) return verifyExport(place, games);
  const folder = await mkdtemp(path.join(tmpdir(), 'dcs-verify-'));
  try {
    await unpackExport(place, folder);
    return await verifyExport(folder, games);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** `dcs verify <export>`: whether an export is whole, unchanged, and fits together. Needs no database and changes nothing. */
export async function verifyCommand(
  io: CliIo,
  { place, json = false }: VerifyOptions,
  ports: VerifyPorts,
): Promise<ExitCode> {
  const verification = await verifyPlace(path.resolve(place), await ports.games());
  const { experiment, files, rows, sessions, folded, findings, findingCount } = verification;
  const ok = findingCount === 0;
  if (json) {
    io.json({ ok, ...verification });
    return ok ? EXIT.ok : EXIT.failed;
  }
  for (const { reason, message } of findings) io.line(`${reason}: ${message}`);
  if (findingCount > findings.length) io.line(`... and ${findingCount - findings.length} more.`);
  if (ok) {
    io.line(`${experiment}: all is as it was written. ${files} files, ${rows} rows, ${sessions} sessions.`);
    if (folded < sessions)
      io.note(`${sessions - folded} sessions were not folded again: their games are not here.`);
  } else io.line(`${experiment}: ${findingCount} findings.`);
  io.line(`Manifest ${verification.manifestSha256}`);
  return ok ? EXIT.ok : EXIT.failed;
}
