import type { Db, Document, IndexDescription } from 'mongodb';
import { canonicalJson } from '../../catalog/canonicalJson.ts';
import { isIndexNotFound, isNamespaceExists } from './mongoErrors.ts';
import contractJson from '../../../../../prisma/contract.json' with { type: 'json' };

/*
 * Prisma's own init and update are left aside: one that was cut short refuses to run again, an update asks for consent
 * to lose data, and neither may run while another server writes.
 */

interface Wanted {
  readonly name: string;
  readonly validation: {
    readonly validator: Document;
    readonly validationAction: string;
    readonly validationLevel: string;
  };
  readonly indexes: readonly IndexDescription[];
}

interface ContractIndex {
  readonly keys: readonly { readonly field: string; readonly direction: number }[];
  readonly unique?: boolean;
}

function indexOf({ keys, unique }: ContractIndex): IndexDescription {
  const key = new Map(keys.map(({ field, direction }) => [field, direction === -1 ? -1 : 1] as const));
  return { key, ...(unique === true ? { unique } : {}) };
}

function wantedCollections(): readonly Wanted[] {
  return Object.entries(contractJson.storage.namespaces.__unbound__.entries.collection).map(
    ([name, entry]) => ({
      name,
      validation: {
        validator: { $jsonSchema: entry.validator.jsonSchema },
        validationAction: entry.validator.validationAction,
        validationLevel: entry.validator.validationLevel,
      },
      indexes: entry.indexes.map(indexOf),
    }),
  );
}

/** Indexes that older versions made and that nobody needs any more: each costs something with every write. */
const OUTDATED: Readonly<Record<string, readonly string[]>> = {
  sessionEvents: ['eventId_1'],
  modelCalls: ['experimentId_1_at_-1'],
};

/**
 * Creates what the contract names and the database lacks: collections, validators, indexes. Repeatable, also by several
 * servers at once; it drops nothing but outdated indexes. Rejects when existing documents break a new unique index.
 */
export async function ensureSchema(db: Db): Promise<void> {
  const found = await db.listCollections().toArray();
  const optionsByName = new Map(
    found.map((info) => [info.name, 'options' in info ? (info.options ?? {}) : {}]),
  );
  await Promise.all(
    wantedCollections().map(async ({ name, validation, indexes }) => {
      const existing = optionsByName.get(name);
      if (existing === undefined) await createCollection(db, name, validation);
      else if (!sameValidation(existing, validation)) await db.command({ collMod: name, ...validation });
      await db.collection(name).createIndexes([...indexes]);
      for (const outdated of OUTDATED[name] ?? []) await dropIndex(db, name, outdated);
    }),
  );
}

async function dropIndex(db: Db, name: string, index: string): Promise<void> {
  try {
    await db.collection(name).dropIndex(index);
  } catch (error) {
    if (!isIndexNotFound(error)) throw error;
  }
}

async function createCollection(db: Db, name: string, validation: Wanted['validation']): Promise<void> {
  try {
    await db.createCollection(name, validation);
  } catch (error) {
    // Another server was faster, with the same contract or with one that it will be asked for at its next start.
    if (!isNamespaceExists(error)) throw error;
  }
}

function sameValidation(existing: Document, wanted: Wanted['validation']): boolean {
  const { validator, validationAction, validationLevel } = existing;
  return canonicalJson({ validator, validationAction, validationLevel }) === canonicalJson(wanted);
}
