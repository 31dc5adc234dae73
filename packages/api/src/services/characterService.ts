import { characterLabel, characterSheetFields, divergenceOf, pairWarnings } from '@dcs/engine';
import type { CharacterSheet, Clock, CurrentCharacter, FingerprintSubject, GroupField } from '@dcs/engine';
import { characterFingerprint, characterRevision } from '../catalog/index.ts';
import type {
  CharacterComparisonDto,
  CharacterDetailDto,
  CharacterRefDto,
  RetiredCharacterDto,
  SheetCheckDto,
} from '../characterDto.ts';
import { ApiError } from '../errors.ts';
import { isoTime } from '../isoTime.ts';
import type { AuditLog, CharacterCatalogue } from '../store/ports.ts';
import { authorise } from './authorise.ts';
import type { Principal } from './authorise.ts';
import { characterDto } from './castLabels.ts';
import { invalidSheet, readSheet, sheetWarnings } from './characterSheets.ts';

export interface CharacterServicePorts {
  readonly characters: CharacterCatalogue;
  readonly audit: AuditLog;
  readonly clock: Clock;
  readonly newId: () => string;
  /** What plays characters here. */
  readonly playedBy: Pick<FingerprintSubject, 'model' | 'promptVersion'>;
}

export interface UpdateCharacter {
  readonly hid: string;
  readonly sheet: unknown;
  /** `currentRevision` as the caller saw it; `null` brings back a retired character. */
  readonly expectedRevision: string | null;
}

export interface RetireCharacter {
  readonly hid: string;
  readonly expectedRevision: string;
}

/**
 * Who there is to play, for administrators. A sheet is never changed: a new revision takes its place, and sessions keep
 * the one that they were created with. Every change can be sent again when its answer was lost.
 */
export interface CharacterService {
  /** The current sheet, or of a retired character the last one written; or the revision that is asked for. */
  get(
    principal: Principal | null,
    request: { readonly hid: string; readonly revision?: string | undefined },
  ): Promise<CharacterDetailDto>;
  retired(principal: Principal | null): Promise<readonly RetiredCharacterDto[]>;
  compare(
    principal: Principal | null,
    request: { readonly left: string; readonly right: string },
  ): Promise<CharacterComparisonDto>;
  /** Everything that a sheet can say, with its bounds and its words. */
  fields(principal: Principal | null): GroupField;
  /** What `create` would have against a sheet, and what deserves a look. */
  check(principal: Principal | null, sheet: unknown): SheetCheckDto;
  create(principal: Principal | null, sheet: unknown): Promise<CharacterRefDto>;
  update(principal: Principal | null, request: UpdateCharacter): Promise<CharacterRefDto>;
  retire(
    principal: Principal | null,
    request: RetireCharacter,
  ): Promise<{ readonly hid: string; readonly retired: true }>;
}

const unknownCharacter = (hid: string): ApiError =>
  new ApiError('character/unknown', `There is no character ${hid}. Look in the list of characters.`);

const changedMeanwhile = (hid: string): ApiError =>
  new ApiError(
    'character/changed',
    `Somebody else has changed ${hid} in the meantime. Nothing was saved: look at the latest sheet, then make your change there.`,
  );

export function createCharacterService(ports: CharacterServicePorts): CharacterService {
  const { characters, audit, clock } = ports;

  async function note(actorId: string, action: string, { hid, ...details }: Noted): Promise<void> {
    const at = clock.now();
    await audit.append({ auditId: ports.newId(), at, actorId, action, targetId: hid, details });
  }

  function sheetOf(input: unknown): CharacterSheet {
    const read = readSheet(input);
    if (!read.ok) throw invalidSheet(read.problems);
    return read.sheet;
  }

  async function currentOf(hid: string): Promise<CurrentCharacter> {
    const revision = await characters.currentRevision(hid);
    const sheet = revision === null ? null : await characters.find({ hid, revision });
    if (revision === null || sheet === null) throw unknownCharacter(hid);
    return { sheet, revision };
  }

  /** The account comes before the change: a crash between them leaves a change too many in it, never one too few. */
  async function replace(actorId: string, sheet: CharacterSheet, change: Change): Promise<CharacterRefDto> {
    const { hid } = sheet;
    const revision = characterRevision(sheet);
    const { action, expected } = change;
    await note(actorId, action, { hid, revision, ...(expected === null ? {} : { former: expected }) });
    if (await characters.replace(sheet, { revision, at: clock.now(), expected })) return { hid, revision };
    // Two at once may have sent the same.
    if ((await characters.currentRevision(hid)) === revision) return { hid, revision };
    await note(actorId, 'character/not-changed', { hid, revision });
    throw changedMeanwhile(hid);
  }

  return {
    get: async (principal, { hid, revision: wanted }) => {
      authorise(principal, 'admin.characters', null);
      const [currentRevision, revisions] = await Promise.all([
        characters.currentRevision(hid),
        characters.revisions(hid),
      ]);
      const revision = wanted ?? currentRevision ?? revisions[0]?.revision;
      const sheet = revision === undefined ? null : await characters.find({ hid, revision });
      if (revision === undefined || sheet === null) throw unknownCharacter(hid);
      return {
        hid,
        label: characterLabel(sheet),
        revision,
        sheet,
        currentRevision,
        fingerprint: characterFingerprint({ sheet, ...ports.playedBy }),
        warnings: sheetWarnings(sheet),
        revisions: revisions.map((row) => ({ revision: row.revision, createdAt: isoTime(row.createdAt) })),
      };
    },

    retired: async (principal) => {
      authorise(principal, 'admin.characters', null);
      return (await characters.retired()).map(({ hid, retiredAt }) => ({
        hid,
        retiredAt: isoTime(retiredAt),
      }));
    },

    compare: async (principal, { left, right }) => {
      authorise(principal, 'admin.characters', null);
      const [{ sheet: one }, { sheet: other }] = await Promise.all([currentOf(left), currentOf(right)]);
      return {
        left: characterDto(one),
        right: characterDto(other),
        divergence: divergenceOf(one, other),
        warnings: { leftMeetsRight: pairWarnings(one, other), rightMeetsLeft: pairWarnings(other, one) },
      };
    },

    fields: (principal) => {
      authorise(principal, 'admin.characters', null);
      return characterSheetFields();
    },

    check: (principal, input) => {
      authorise(principal, 'admin.characters', null);
      const read = readSheet(input);
      return read.ok
        ? { problems: [], warnings: sheetWarnings(read.sheet), sheet: read.sheet }
        : { problems: read.problems, warnings: [], sheet: null };
    },

    create: async (principal, input) => {
      const { playerId } = authorise(principal, 'admin.characters', null);
      const sheet = sheetOf(input);
      const { hid } = sheet;
      if ((await characters.currentRevision(hid)) === characterRevision(sheet))
        return { hid, revision: characterRevision(sheet) };
      if ((await characters.revisions(hid)).length > 0) {
        const message = `There is, or was, a character ${hid} already. Choose another handle, or edit that one.`;
        throw new ApiError('character/exists', message);
      }
      return replace(playerId, sheet, { action: 'character/created', expected: null });
    },

    update: async (principal, { hid, sheet: input, expectedRevision: expected }) => {
      const { playerId } = authorise(principal, 'admin.characters', null);
      const sheet = sheetOf(input);
      if (sheet.hid !== hid) {
        const message = `is ${sheet.hid}, and a handle stays as it is`;
        const fix = `Write ${hid}, or create another character.`;
        throw invalidSheet([{ path: 'hid', reason: 'character/hid-changed', message, fix }]);
      }
      const [current, revisions] = await Promise.all([
        characters.currentRevision(hid),
        characters.revisions(hid),
      ]);
      if (revisions.length === 0) throw unknownCharacter(hid);
      const revision = characterRevision(sheet);
      if (current === revision) return { hid, revision };
      if (current !== expected) throw changedMeanwhile(hid);
      return replace(playerId, sheet, { action: 'character/updated', expected });
    },

    retire: async (principal, { hid, expectedRevision: revision }) => {
      const { playerId } = authorise(principal, 'admin.characters', null);
      const current = await characters.currentRevision(hid);
      if (current === null) {
        if ((await characters.revisions(hid)).length === 0) throw unknownCharacter(hid);
        return { hid, retired: true };
      }
      if (current !== revision) throw changedMeanwhile(hid);
      await note(playerId, 'character/retired', { hid, revision });
      if (await characters.retire({ hid, revision }, clock.now())) return { hid, retired: true };
      if ((await characters.currentRevision(hid)) === null) return { hid, retired: true };
      await note(playerId, 'character/not-changed', { hid, revision });
      throw changedMeanwhile(hid);
    },
  };
}

interface Noted {
  readonly hid: string;
  readonly revision: string;
  readonly former?: string;
}

interface Change {
  readonly action: string;
  readonly expected: string | null;
}
