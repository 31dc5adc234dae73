import type { DcsClient } from '../../src/client/index.ts';

/** What there is now counts from now on, as an administrator has it. */
export async function putInForce(admin: DcsClient, name: string): Promise<void> {
  const { file } = await admin.admin.experimentRevisions.query({ name });
  if (file === null) throw new Error(`The experiment ${name} has no file that can be used.`);
  await admin.admin.reviseExperiment.mutate({ name, revision: file.revision });
}
