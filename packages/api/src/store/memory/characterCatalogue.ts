import type { CharacterSheet } from '@dcs/engine';
import { deepFreeze } from '../../deepFreeze.ts';
import { MOST_REVISIONS } from '../ports.ts';
import type { CharacterCatalogue } from '../ports.ts';

interface KeptSheet {
  /** Frozen: everybody is given the same. */
  readonly sheet: CharacterSheet;
  readonly createdAt: number;
}

const byHid = <Row extends readonly [hid: string, ...rest: unknown[]]>(rows: Iterable<Row>): Row[] =>
  [...rows].toSorted(([a], [b]) => (a < b ? -1 : Number(a > b)));

/** Character sheets that end with the process. */
export function createMemoryCharacterCatalogue(): CharacterCatalogue {
  /** By hid and revision, in the order in which they came. */
  const kept = new Map<string, Map<string, KeptSheet>>();
  const heads = new Map<string, string>();
  const retired = new Map<string, number>();

  const sheetOf = (hid: string, revision: string): CharacterSheet | null =>
    kept.get(hid)?.get(revision)?.sheet ?? null;

  function makeCurrent(sheet: CharacterSheet, { revision, at }: { revision: string; at: number }): void {
    const { hid } = sheet;
    const revisions = kept.get(hid) ?? new Map<string, KeptSheet>();
    if (!revisions.has(revision)) {
      revisions.set(revision, { sheet: deepFreeze(structuredClone(sheet)), createdAt: at });
    }
    kept.set(hid, revisions);
    heads.set(hid, revision);
    retired.delete(hid);
  }

  return {
    async find({ hid, revision }) {
      return sheetOf(hid, revision);
    },
    async current() {
      return byHid(heads).flatMap(([hid, revision]) => {
        const sheet = sheetOf(hid, revision);
        return sheet === null ? [] : [{ sheet, revision }];
      });
    },
    async put(sheet, meta) {
      makeCurrent(sheet, meta);
      return { hid: sheet.hid, revision: meta.revision };
    },
    async replace(sheet, { expected, ...meta }) {
      if ((heads.get(sheet.hid) ?? null) !== expected) return false;
      makeCurrent(sheet, meta);
      return true;
    },
    async currentRevision(hid) {
      return heads.get(hid) ?? null;
    },
    async revisions(hid) {
      return [...(kept.get(hid) ?? [])]
        .map(([revision, { createdAt }]) => ({ revision, createdAt }))
        .toReversed()
        .toSorted((a, b) => b.createdAt - a.createdAt)
        .slice(0, MOST_REVISIONS);
    },
    async retired() {
      return byHid(retired).map(([hid, retiredAt]) => ({ hid, retiredAt }));
    },
    async retire({ hid, revision }, at) {
      if (heads.get(hid) !== revision) return false;
      heads.delete(hid);
      retired.set(hid, at);
      return true;
    },
  };
}
