import { describe, expect, it } from 'vitest';
import type { CharacterCatalogue, Stores } from '../ports.ts';
import { newId, sampleSheet, T0 } from './samples.ts';

/** A handle that no other test uses. */
const newHid = (): string => `T${newId().replaceAll('-', '').slice(0, 16).toUpperCase()}`;

async function currentOf(characters: CharacterCatalogue, hids: readonly string[]) {
  return (await characters.current()).filter(({ sheet }) => hids.includes(sheet.hid));
}

function describeCharacters(open: () => Stores): void {
  describe('the character catalogue', () => {
    it('keeps every revision and casts from the current one', async () => {
      const { characters } = open();
      const hid = newHid();
      const [first, second] = [
        sampleSheet(hid),
        sampleSheet(hid, { goals: ['A dark corner \uD83D', 'x\0y'] }),
      ];
      expect(await characters.put(first, { revision: 'r1', at: T0 })).toEqual({ hid, revision: 'r1' });
      await characters.put(second, { revision: 'r2', at: T0 + 1 });
      expect(await characters.find({ hid, revision: 'r1' })).toEqual(first);
      expect(await characters.find({ hid, revision: 'r2' })).toEqual(second);
      expect(await currentOf(characters, [hid])).toEqual([{ sheet: second, revision: 'r2' }]);
      expect(await characters.currentRevision(hid)).toBe('r2');
    });

    it('puts the same revision again without effect, and an older one back in force', async () => {
      const { characters } = open();
      const hid = newHid();
      const [first, second] = [sampleSheet(hid), sampleSheet(hid, { pcEligible: false })];
      await Promise.all([1, 2, 3].map((at) => characters.put(first, { revision: 'r1', at })));
      await characters.put(second, { revision: 'r2', at: T0 });
      await characters.put(first, { revision: 'r1', at: T0 + 1 });
      expect(await currentOf(characters, [hid])).toEqual([{ sheet: first, revision: 'r1' }]);
    });

    it('lists current characters by handle', async () => {
      const { characters } = open();
      const hids = [newHid(), newHid(), newHid()];
      for (const hid of hids) await characters.put(sampleSheet(hid), { revision: 'r', at: T0 });
      const listed = (await currentOf(characters, hids)).map(({ sheet }) => sheet.hid);
      expect(listed).toEqual(hids.toSorted());
    });

    it('no longer casts a retired character, whose sheet stays for its sessions', async () => {
      const { characters } = open();
      const hid = newHid();
      await characters.put(sampleSheet(hid), { revision: 'r1', at: T0 });
      expect(await characters.retire({ hid, revision: 'r0' }, T0 + 1)).toBe(false);
      expect(await characters.retire({ hid, revision: 'r1' }, T0 + 1)).toBe(true);
      expect(await characters.retire({ hid, revision: 'r1' }, T0 + 2)).toBe(false);
      expect(await characters.retire({ hid: newHid(), revision: 'r1' }, T0)).toBe(false);
      expect(await characters.retired()).toContainEqual({ hid, retiredAt: T0 + 1 });
      expect(await currentOf(characters, [hid])).toEqual([]);
      expect(await characters.currentRevision(hid)).toBeNull();
      expect(await characters.find({ hid, revision: 'r1' })).toEqual(sampleSheet(hid));
      await characters.put(sampleSheet(hid), { revision: 'r1', at: T0 + 3 });
      expect(await characters.currentRevision(hid)).toBe('r1');
      expect((await characters.retired()).map((row) => row.hid)).not.toContain(hid);
    });

    it('replaces what the caller has seen, and nothing else', async () => {
      const { characters } = open();
      const hid = newHid();
      const sheet = (goal: string) => sampleSheet(hid, { goals: [goal] });
      const replace = (revision: string, expected: string | null) =>
        characters.replace(sheet(revision), { revision, at: T0 + Number(revision.slice(1)), expected });
      expect(await replace('r1', 'r0')).toBe(false);
      expect(await replace('r1', null)).toBe(true);
      expect(await replace('r2', null)).toBe(false);
      expect(await replace('r3', 'r1')).toBe(true);
      expect(await replace('r4', 'r1')).toBe(false);
      expect(await currentOf(characters, [hid])).toEqual([{ sheet: sheet('r3'), revision: 'r3' }]);
      await characters.retire({ hid, revision: 'r3' }, T0);
      expect(await replace('r5', 'r3')).toBe(false);
      expect(await replace('r5', null)).toBe(true);
      expect(await characters.currentRevision(hid)).toBe('r5');
    });

    it('lets one of several who replace the same revision at once succeed', async () => {
      const { characters } = open();
      const hid = newHid();
      const outcomes = (expected: string | null, revisions: readonly string[]) =>
        Promise.all(
          revisions.map((revision) =>
            characters.replace(sampleSheet(hid, { goals: [revision] }), { revision, at: T0, expected }),
          ),
        );
      const first = await outcomes(null, ['a1', 'a2', 'a3', 'a4']);
      expect(first.filter(Boolean)).toHaveLength(1);
      const current = await characters.currentRevision(hid);
      expect((await outcomes(current, ['b1', 'b2', 'b3', 'b4'])).filter(Boolean)).toHaveLength(1);
    });

    it('lists the revisions of a character, the last one written first', async () => {
      const { characters } = open();
      const hid = newHid();
      for (const [index, revision] of ['r1', 'r2', 'r3', 'r1'].entries())
        await characters.put(sampleSheet(hid, { goals: [revision] }), { revision, at: T0 + index });
      expect(await characters.revisions(hid)).toEqual([
        { revision: 'r3', createdAt: T0 + 2 },
        { revision: 'r2', createdAt: T0 + 1 },
        { revision: 'r1', createdAt: T0 },
      ]);
      expect(await characters.revisions(newHid())).toEqual([]);
    });

    it('knows no character or revision that was never put', async () => {
      const { characters } = open();
      const hid = newHid();
      await characters.put(sampleSheet(hid), { revision: 'r1', at: T0 });
      expect(await characters.find({ hid, revision: 'r2' })).toBeNull();
      expect(await characters.find({ hid: newHid(), revision: 'r1' })).toBeNull();
      expect(await characters.currentRevision(newHid())).toBeNull();
    });
  });
}

function describeAudit(open: () => Stores): void {
  describe('the audit log', () => {
    it('lists entries newest first, in pages, and records a repeated entry once', async () => {
      const { audit } = open();
      // Years ahead of everything else in a shared database.
      const start = T0 + 1e12 + Math.floor(Math.random() * 1e9) * 10;
      const entries = [0, 1, 1, 2].map((offset, index) => ({
        auditId: newId(),
        at: start + offset,
        actorId: 'system',
        action: 'player/erased',
        targetId: index === 0 ? null : newId(),
        details: index === 1 ? {} : { count: index, 'a.$b': 'x', ok: true },
      }));
      for (const entry of [...entries, ...entries]) await audit.append(entry);
      const cursor = { at: start + 3, auditId: '' };
      const whole = await audit.list({ limit: 4, before: cursor });
      expect(whole.map((entry) => entry.at - start)).toEqual([2, 1, 1, 0]);
      expect(whole.toSorted((a, b) => (a.auditId < b.auditId ? -1 : 1))).toEqual(
        entries.toSorted((a, b) => (a.auditId < b.auditId ? -1 : 1)),
      );
      const [first, second, third] = whole;
      expect(await audit.list({ limit: 2, before: first ?? cursor })).toEqual([second, third]);
      expect((await audit.list({ limit: 1 })).length).toBe(1);
    });

    it('lists what somebody did, what was done to something, and what was done, in pages', async () => {
      const { audit } = open();
      const [ada, ben, session] = [newId(), newId(), newId()];
      const [watched, held] = [`session/${newId()}`, `session/${newId()}`];
      const entries = [
        { actorId: ada, action: watched, targetId: session },
        { actorId: ada, action: held, targetId: session },
        { actorId: ben, action: watched, targetId: session },
        { actorId: ada, action: watched, targetId: null },
      ].map((entry, index) => ({ ...entry, auditId: newId(), at: T0 + index, details: {} }));
      for (const entry of entries) await audit.append(entry);
      const [first, second, third, fourth] = entries;
      expect(await audit.list({ limit: 9, actorId: ada })).toEqual([fourth, second, first]);
      expect(await audit.list({ limit: 9, targetId: session })).toEqual([third, second, first]);
      const ofAction = { limit: 2, action: watched };
      expect(await audit.list(ofAction)).toEqual([fourth, third]);
      const before = { at: T0 + 2, auditId: third?.auditId ?? '' };
      expect(await audit.list({ ...ofAction, before })).toEqual([first]);
      expect(await audit.list({ ...ofAction, actorId: ben, targetId: session })).toEqual([third]);
      expect(await audit.list({ limit: 9, actorId: newId() })).toEqual([]);
    });
  });
}

export function describeCatalogue(open: () => Stores): void {
  describeCharacters(open);
  describeAudit(open);
}
