import type { CharacterSheet } from '@dcs/engine';
import { MOST_REVISIONS } from '../ports.ts';
import type { CharacterCatalogue } from '../ports.ts';
import { field } from './filters.ts';
import { guarded, isDuplicateKey, mapMongoError } from './mongoErrors.ts';
import type { Collections } from './prismaClient.ts';
import { upserting } from './upserting.ts';

const parseSheet = (json: string): CharacterSheet => JSON.parse(json);

/** Whether this call created it; `false` when it was there already. */
async function createdOnce(create: () => PromiseLike<unknown>): Promise<boolean> {
  try {
    await create();
    return true;
  } catch (error) {
    if (isDuplicateKey(error)) return false;
    throw mapMongoError(error);
  }
}

/** Character sheets in MongoDB: revisions that never change, and for each hid which of them is current. */
export function createMongoCharacterCatalogue({
  characters,
  characterHeads,
}: Collections): CharacterCatalogue {
  async function find({ hid, revision }: { readonly hid: string; readonly revision: string }) {
    const row = await guarded(() => characters.where({ hid, revision }).first());
    return row === null ? null : parseSheet(row.sheetJson);
  }

  async function keep(sheet: CharacterSheet, head: { readonly revision: string; readonly changedAt: Date }) {
    const row = { hid: sheet.hid, revision: head.revision, sheetJson: JSON.stringify(sheet) };
    await createdOnce(() => characters.createAndCount([{ ...row, createdAt: head.changedAt }]));
  }

  return {
    find,
    async current() {
      const inForce = characterHeads.where(field.isNotNull('revision')).orderBy({ hid: 1 });
      const heads = await guarded(() => inForce.all());
      // All sheets in one query: whoever lists characters would else wait for as many as there are.
      const rows = await guarded(() =>
        characters
          .where(
            field.isOneOf(
              'hid',
              heads.map(({ hid }) => hid),
            ),
          )
          .where(
            field.isOneOf(
              'revision',
              heads.flatMap(({ revision }) => revision ?? []),
            ),
          )
          .all(),
      );
      const sheets = new Map(rows.map((row) => [`${row.hid} ${row.revision}`, row.sheetJson]));
      return heads.flatMap(({ hid, revision }) => {
        const json = sheets.get(`${hid} ${revision ?? ''}`);
        return json === undefined || revision === null ? [] : [{ sheet: parseSheet(json), revision }];
      });
    },
    async put(sheet, { revision, at }) {
      const { hid } = sheet;
      const update = { revision, changedAt: new Date(at) };
      // First, so that a head never names a revision that is not there.
      await keep(sheet, update);
      await upserting(() => characterHeads.where({ hid }).upsert({ create: { hid, ...update }, update }));
      return { hid, revision };
    },
    async replace(sheet, { revision, at, expected }) {
      const { hid } = sheet;
      const update = { revision, changedAt: new Date(at) };
      await keep(sheet, update);
      const ofHid = characterHeads.where({ hid });
      const inForce =
        expected === null ? ofHid.where(field.isNull('revision')) : ofHid.where({ revision: expected });
      if ((await guarded(() => inForce.updateAndCount(update))) > 0) return true;
      return expected === null && createdOnce(() => characterHeads.createAndCount([{ hid, ...update }]));
    },
    async currentRevision(hid) {
      return (await guarded(() => characterHeads.where({ hid }).first()))?.revision ?? null;
    },
    async revisions(hid) {
      const newestFirst = characters.where({ hid }).orderBy({ createdAt: -1 }).limit(MOST_REVISIONS);
      const rows = await guarded(() => newestFirst.all());
      return rows.map(({ revision, createdAt }) => ({ revision, createdAt: createdAt.getTime() }));
    },
    async retired() {
      const heads = characterHeads.where(field.isNull('revision')).orderBy({ hid: 1 });
      const rows = await guarded(() => heads.all());
      return rows.map(({ hid, changedAt }) => ({ hid, retiredAt: changedAt.getTime() }));
    },
    async retire({ hid, revision }, at) {
      const inForce = characterHeads.where({ hid, revision });
      return (await guarded(() => inForce.updateAndCount({ revision: null, changedAt: new Date(at) }))) > 0;
    },
  };
}
