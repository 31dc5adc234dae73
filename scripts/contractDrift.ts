import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { CONTRACT_FOLDER, describeFault, emitContract } from './emitContract.ts';

/* Fails when prisma/contract.json or prisma/contract.d.ts is not what prisma/contract.prisma emits today. */

const ARTEFACTS = ['contract.json', 'contract.d.ts'];

const folder = await mkdtemp(path.join(os.tmpdir(), 'dcs-contract-'));
try {
  await emitContract(folder);
  const drifted: string[] = [];
  for (const name of ARTEFACTS) {
    const [fresh, kept] = await Promise.all([
      readFile(path.join(folder, name), 'utf8'),
      readFile(path.join(CONTRACT_FOLDER, name), 'utf8').catch(() => null),
    ]);
    if (fresh !== kept) drifted.push(`prisma/${name}`);
  }
  if (drifted.length > 0) {
    console.error(`${drifted.join(' and ')} differ from prisma/contract.prisma.`);
    console.error('Run `node scripts/emitContract.ts` and commit what it writes.');
    process.exitCode = 1;
  }
} catch (error) {
  console.error(describeFault(error));
  process.exitCode = 1;
} finally {
  await rm(folder, { recursive: true, force: true });
}
