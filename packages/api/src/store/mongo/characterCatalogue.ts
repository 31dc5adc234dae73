import type { CharacterSheet } from '@dcs/engine';
import type { CharacterCatalogue } from '../ports.ts';
import { field } from './filters.ts';
import { guarded, isDuplicateKey, mapMongoError } from './mongoErrors.ts';
import type { Collections } from './prismaClient.ts';
import { upserting } from './upserting.ts';

const parseSheet = (json: string): CharacterSheet => JSON.parse(json);

/** Character sheets in MongoDB: revisions that never change, and for each hid which of them is current. */
export function createMongoCharacterCatalogue({
  characters,
  characterHeads,
}: Collections): CharacterCatalogue {
  async function find({ hid, revision }: { readonly hid: string; readonly revision: string }) {
    const row = await guarded(() => characters.where({ hid, revision }).first());
    return row === null ? null : parseSheet(row.sheetJson);
  }

  return {
    find,
    async current() {
      const inForce = characterHeads.where(field.isNotNull('revision')).orderBy({ hid: 1 });
      const heads = await guarded(() => inForce.all());
      const found = await Promise.all(
        heads.map(async ({ hid, revision }) => {
          const sheet = revision === null ? null : await find({ hid, revision });
          return sheet === null || revision === null ? [] : [{ sheet, revision }];
        }),
      );
      return found.flat();
    },
    async put(sheet, { revision, at }) {
      const { hid } = sheet;
      const createdAt = new Date(at);
      try {
        await characters.createAndCount([{ hid, revision, sheetJson: JSON.stringify(sheet), createdAt }]);
      } catch (error) {
        if (!isDuplicateKey(error)) throw mapMongoError(error);
      }
      // Second, so that a head never names a revision that is not there.
      const update = { revision, changedAt: createdAt };
      await upserting(() => characterHeads.where({ hid }).upsert({ create: { hid, ...update }, update }));
      return { hid, revision };
    },
    async currentRevision(hid) {
      return (await guarded(() => characterHeads.where({ hid }).first()))?.revision ?? null;
    },
    async retire(hid, at) {
      const inForce = characterHeads.where({ hid }).where(field.isNotNull('revision'));
      return (await guarded(() => inForce.updateAndCount({ revision: null, changedAt: new Date(at) }))) > 0;
    },
  };
}
