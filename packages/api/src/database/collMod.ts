import type { BSON } from 'mongodb';
import { mustSucceed } from './runCommand.ts';
import type { RunCommand } from './runCommand.ts';

/**
 * The embedded engine has no `collMod`, which a change of a collection's validator needs. The same end is
 * reached by copying: a twin with the new options and the old indexes is filled and then renamed over the
 * original. The rename is one step of the engine, so a crash at any point leaves either the old collection or
 * the new one, whole, and at worst an unfinished twin, which is dropped before the next try and at start.
 */
const TWIN_SUFFIX = '__collmod';
const CHANGEABLE = ['validator', 'validationLevel', 'validationAction'] as const;
/** Fields that drivers add to any command and that change nothing here. */
const IGNORED = [
  'collMod',
  '$db',
  'lsid',
  '$clusterTime',
  '$readPreference',
  'writeConcern',
  'comment',
  'apiVersion',
];
const DURABLE = { w: 'majority', j: true };

/** Performs the `collMod` in `command` and returns the reply a real server would give. */
export async function emulateCollMod(run: RunCommand, command: BSON.Document): Promise<BSON.Document> {
  const unknown = Object.keys(command).filter((key) => ![...IGNORED, ...CHANGEABLE].includes(key));
  if (unknown.length > 0) {
    return failure(
      72,
      'InvalidOptions',
      `collMod of ${unknown.join(', ')} is not available in the embedded database`,
    );
  }
  try {
    return await replaceByTwin(run, command);
  } catch (error) {
    return failure(
      8,
      'UnknownError',
      `collMod failed: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

async function replaceByTwin(run: RunCommand, command: BSON.Document): Promise<BSON.Document> {
  const database = String(command['$db']);
  const name = String(command['collMod']);
  const twin = name + TWIN_SUFFIX;
  const must = mustSucceed(run, database);
  const [existing] = await listCollections(must, { name });
  if (!existing) return failure(26, 'NamespaceNotFound', `ns does not exist: ${database}.${name}`);

  await run({ drop: twin, $db: database });
  const changes = Object.fromEntries(
    CHANGEABLE.flatMap((key) => (key in command ? [[key, command[key]]] : [])),
  );
  await must({ create: twin, ...document(existing['options']), ...changes });
  await copyIndexes(must, name, twin);
  await must({
    aggregate: name,
    pipeline: [{ $merge: { into: twin } }],
    cursor: {},
    bypassDocumentValidation: true,
    writeConcern: DURABLE,
  });
  await assertSameCount(must, name, twin);
  const rename = {
    renameCollection: `${database}.${name}${TWIN_SUFFIX}`,
    to: `${database}.${name}`,
    dropTarget: true,
  };
  await mustSucceed(run, 'admin')({ ...rename, writeConcern: DURABLE });
  return { ok: 1 };
}

/** Drops what an interrupted `collMod` left behind; the original is always whole, so the twin is never needed. */
export async function dropUnfinishedTwins(run: RunCommand): Promise<void> {
  const { databases } = await mustSucceed(run, 'admin')({ listDatabases: 1, nameOnly: true });
  for (const { name: database } of documents(databases)) {
    const must = mustSucceed(run, String(database));
    for (const { name } of await listCollections(must, {})) {
      if (String(name).endsWith(TWIN_SUFFIX)) await must({ drop: name });
    }
  }
}

async function copyIndexes(must: RunCommand, from: string, to: string): Promise<void> {
  const indexes = (await firstBatch(must, { listIndexes: from, cursor: { batchSize: 1000 } }))
    .filter(({ name }) => name !== '_id_')
    .map(({ ns: _ns, ...index }) => index);
  if (indexes.length > 0) await must({ createIndexes: to, indexes, writeConcern: DURABLE });
}

async function assertSameCount(must: RunCommand, from: string, to: string): Promise<void> {
  const count = async (name: string) => {
    const pipeline = [{ $count: 'n' }];
    const [result] = await firstBatch(must, { aggregate: name, pipeline, cursor: {} });
    return Number(result?.['n'] ?? 0);
  };
  const [original, copy] = [await count(from), await count(to)];
  if (original !== copy) throw new Error(`copied ${copy} of ${original} documents of ${from}`);
}

function listCollections(must: RunCommand, filter: BSON.Document): Promise<BSON.Document[]> {
  return firstBatch(must, { listCollections: 1, filter, cursor: { batchSize: 10_000 } });
}

async function firstBatch(must: RunCommand, command: BSON.Document): Promise<BSON.Document[]> {
  const { cursor } = await must(command);
  return documents(document(cursor)['firstBatch']);
}

function failure(code: number, codeName: string, errmsg: string): BSON.Document {
  return { ok: 0, errmsg, code, codeName };
}

function document(value: unknown): BSON.Document {
  return typeof value === 'object' && value !== null ? value : {};
}

function documents(value: unknown): BSON.Document[] {
  return Array.isArray(value) ? value.map(document) : [];
}
