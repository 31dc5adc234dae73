import path from 'node:path';
import { executeContractEmit } from '@prisma/orm-toolchain/cli/control-api';
import { orm } from '../prisma/prisma.config.ts';

/* Writes prisma/contract.json and prisma/contract.d.ts from prisma/contract.prisma. `node scripts/emitContract.ts` */

const ROOT = path.join(import.meta.dirname, '..');

/** The folder that holds the contract and what is emitted from it. */
export const CONTRACT_FOLDER = path.join(ROOT, 'prisma');

/** Emits into `folder`. Throws when the contract has a fault; `describeFault` tells where. */
export async function emitContract(folder: string): Promise<void> {
  await executeContractEmit({ config: orm, cwd: ROOT, projectDir: ROOT, outputPath: folder });
}

/** All that is known about a failed emit: its message and the findings in the contract. */
export function describeFault(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const diagnostics = 'diagnostics' in error && Array.isArray(error.diagnostics) ? error.diagnostics : [];
  const findings = diagnostics.map((finding: unknown) => `  ${summaryOf(finding)}`);
  return [error.message, ...findings].join('\n');
}

function summaryOf(finding: unknown): string {
  const hasSummary = typeof finding === 'object' && finding !== null && 'summary' in finding;
  return hasSummary ? String(finding.summary) : JSON.stringify(finding);
}

if (import.meta.main) {
  try {
    await emitContract(CONTRACT_FOLDER);
    console.log('Wrote prisma/contract.json and prisma/contract.d.ts.');
  } catch (error) {
    console.error(describeFault(error));
    process.exitCode = 1;
  }
}
