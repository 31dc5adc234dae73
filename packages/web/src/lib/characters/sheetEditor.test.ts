import { describe, expect, it } from 'vitest';
import type { SheetAnswer } from '#lib/server/sheetActions.ts';
import { createDraftShelf } from './draftShelf.ts';
import { SheetEditor } from './sheetEditor.svelte.ts';
import { FORM, SHEET } from './testing.ts';

const FINE: SheetAnswer = { reason: '', problem: '', problems: [], warnings: [], saved: '' };
const missing = (path: string) => ({
  path,
  reason: 'schema/missing-field',
  message: 'is missing',
  fix: 'Add it.',
});

/** A desk with a storage, a clock that stands still, and a server that says what it is told to. */
function desk(stored = new Map<string, string>()) {
  let answer: SheetAnswer | null = FINE;
  const later: { run: () => void }[] = [];
  const asked: string[] = [];
  const shelf = createDraftShelf('OAK', () => ({
    getItem: (key) => stored.get(key) ?? null,
    setItem: (key, value) => void stored.set(key, value),
    removeItem: (key) => void stored.delete(key),
  }));
  const editor = new SheetEditor({
    fields: FORM,
    saved: { sheet: SHEET, revision: 'r1' },
    shelf,
    now: () => new Date('2026-01-02T03:04:05Z'),
    scheduler: {
      after: (_milliseconds, run) => {
        const entry = { run };
        later.push(entry);
        return () => void later.splice(0, later.length, ...later.filter((other) => other !== entry));
      },
    },
    check: async (sheet) => {
      asked.push(sheet);
      return answer;
    },
  });
  return {
    editor,
    stored,
    asked,
    says: (next: SheetAnswer | null) => (answer = next),
    /** Until nothing is left to be done later. */
    pause: async (): Promise<void> => {
      for (const { run } of later.splice(0)) run();
      await Promise.resolve();
    },
  };
}

describe('a sheet while it is written', () => {
  it('is changed on the form, and its source follows', () => {
    const { editor } = desk();
    editor.set(['goals', 1], 'sun');
    expect(editor.valueAt(['goals'])).toEqual(['light', 'sun']);
    expect(JSON.parse(editor.source)).toEqual({ ...SHEET, goals: ['light', 'sun'] });
    expect(editor.isDirty).toBe(true);
    editor.set(['goals', 1], 'rain');
    expect(editor.isDirty).toBe(false);
  });

  it('is changed in its source, and the form follows; the source stays as it was typed', () => {
    const { editor } = desk();
    editor.typeSource('{"hid":   "ELM", "mood": 1}');
    expect(editor.valueAt(['hid'])).toBe('ELM');
    expect(editor.source).toBe('{"hid":   "ELM", "mood": 1}');
    editor.set(['hid'], 'ASH');
    expect(editor.source).toBe('{\n  "hid": "ASH",\n  "mood": 1\n}');
  });

  it('stays as it was while the source cannot be read, and says where that is', () => {
    const { editor } = desk();
    editor.typeSource('{\n  "hid": ELM }');
    expect(editor.fault).toMatchObject({ line: 2, column: 10 });
    expect(editor.sheet).toEqual(SHEET);
    expect(editor.isDirty).toBe(true);
    editor.dropSource();
    expect(editor.fault).toBeNull();
    expect(editor.isDirty).toBe(false);
  });

  it('has entries that are added, moved and taken out, and put back where they were', () => {
    const { editor } = desk();
    editor.insert(['goals'], 1, 'sun');
    expect(editor.move(['goals'], 2, 0)).toBe(true);
    expect(editor.valueAt(['goals'])).toEqual(['rain', 'light', 'sun']);
    expect(editor.said).toBe('Moved to place 1 of 3');
    expect(editor.move(['goals'], 0, -1)).toBe(false);
    editor.remove(['goals', 1]);
    expect(editor.removals.latest).toBe('Goals 2');
    editor.set(['goals', 1], 'moon');
    expect(editor.undo()).toEqual(['goals', 1]);
    expect(editor.valueAt(['goals'])).toEqual(['rain', 'light', 'moon']);
    expect(editor.undo()).toBeNull();
  });

  it('has groups that are taken out whole, in the way its schema wants, and put back', () => {
    const { editor } = desk();
    const dimensions = { size: { value: ['small'] } };
    editor.set(['dimensions'], dimensions);
    editor.remove(['dimensions'], null);
    expect(editor.valueAt(['dimensions'])).toBeNull();
    editor.undo();
    expect(editor.valueAt(['dimensions'])).toEqual(dimensions);
    editor.set(['senses'], {});
    editor.remove(['senses']);
    expect(Object.keys(editor.sheet)).not.toContain('senses');
  });

  it('has fields that are made as they were saved', () => {
    const { editor } = desk();
    editor.set(['hid'], 'ELM');
    editor.set(['name'], 'Elm');
    expect(editor.changes.map(({ path }) => path)).toEqual([['hid'], ['name']]);
    editor.revert(['name']);
    editor.revert(['hid']);
    expect(editor.sheet).toEqual(SHEET);
  });
});

describe('what is wrong with a sheet', () => {
  it('is looked at when its writer pauses, and told where they have been', async () => {
    const { editor, says, pause, asked } = desk();
    says({ ...FINE, problems: [missing('hid'), missing('name')] });
    editor.set(['hid'], '');
    editor.leave(['hid']);
    await pause();
    expect(asked).toEqual([JSON.stringify({ ...SHEET, hid: '' })]);
    expect(editor.checks.problemsAt('hid')).toHaveLength(1);
    expect(editor.checks.problemsAt('name')).toEqual([]);
    expect(editor.checks.problems).toEqual([]);
  });

  it('is told in full when it is asked for', async () => {
    const { editor, says } = desk();
    says({ ...FINE, problems: [missing('senses.vision'), missing('goals[0]')] });
    expect(await editor.check()).toBe(false);
    expect(editor.checks.firstPlace).toBe('senses');
    expect(editor.checks.problemsAt('goals[0]')).toHaveLength(1);
    expect(editor.checks.countBelow(['goals', 'hid'])).toBe(1);
    says(FINE);
    expect(await editor.check()).toBe(true);
  });

  it('is not told of a sheet that has changed since', async () => {
    const { editor, says } = desk();
    says({ ...FINE, problems: [missing('hid')] });
    const checked = editor.check();
    editor.set(['name'], 'Oak');
    await checked;
    expect(editor.checks.problemsAt('hid')).toEqual([]);
  });

  it('stays unknown while the server cannot be asked', async () => {
    const { editor, says } = desk();
    says(null);
    expect(await editor.check()).toBe(true);
    expect(editor.checks.problems).toEqual([]);
  });
});

describe('a draft', () => {
  it('is kept when its writer pauses, found on the next visit and gone on with', async () => {
    const first = desk();
    first.editor.set(['name'], 'Oak');
    await first.pause();
    expect(first.editor.keptAt).toBe('2026-01-02T03:04:05.000Z');
    const { editor } = desk(first.stored);
    editor.look();
    expect(editor.sheet).toEqual(SHEET);
    expect(editor.found?.at).toBe('2026-01-02T03:04:05.000Z');
    editor.restore();
    expect(editor.valueAt(['name'])).toBe('Oak');
    expect(editor.found).toBeNull();
  });

  it('keeps a source that cannot be read', async () => {
    const first = desk();
    first.editor.typeSource('{ "hid": ');
    await first.pause();
    const { editor } = desk(first.stored);
    editor.look();
    editor.restore();
    expect(editor.source).toBe('{ "hid": ');
    expect(editor.fault).not.toBeNull();
  });

  it('is gone when it is thrown away, saved, or back to what is saved', async () => {
    const { editor, stored, pause } = desk();
    editor.set(['name'], 'Oak');
    await pause();
    editor.set(['name'], undefined);
    await pause();
    expect(stored.size).toBe(0);
    editor.set(['name'], 'Oak');
    await pause();
    const { editor: next } = desk(stored);
    next.look();
    next.discardFound();
    expect(next.found).toBeNull();
    expect(stored.size).toBe(0);
  });

  it.each([['nonsense'], ['{}'], ['{"sheet":{},"saved":{"sheet":[],"revision":"r"},"at":""}']])(
    'is not made of what is none: %s',
    (text) => {
      const { editor } = desk(new Map([['dcs:sheet-draft:OAK', text]]));
      editor.look();
      expect(editor.found).toBeNull();
    },
  );
});

describe('two who write the same sheet', () => {
  const REFUSED: SheetAnswer = {
    ...FINE,
    reason: 'character/changed',
    problem: 'Somebody else has changed it.',
  };

  it('lose nothing: the later one takes the changes of the earlier one in', () => {
    const { editor } = desk();
    editor.set(['goals', 0], 'sun');
    editor.refuse(REFUSED);
    expect(editor.isBehind).toBe(true);
    expect(editor.valueAt(['goals', 0])).toBe('sun');
    editor.mergeWith({ sheet: { ...SHEET, name: 'Oak' }, revision: 'r2' });
    expect(editor.isBehind).toBe(false);
    expect(editor.saved.revision).toBe('r2');
    expect(editor.sheet).toEqual({ ...SHEET, name: 'Oak', goals: ['sun', 'rain'] });
    expect(editor.changes.map(({ path }) => path)).toEqual([['goals']]);
  });

  it('are told so, whatever a check says that was asked for before', async () => {
    const { editor } = desk();
    const checked = editor.check();
    editor.refuse(REFUSED);
    await checked;
    expect(editor.checks.problem).toBe(REFUSED.problem);
  });

  it('may start over from what the other has saved', () => {
    const { editor, stored } = desk();
    editor.set(['goals', 0], 'sun');
    editor.keepNow();
    editor.refuse(REFUSED);
    editor.startOver({ sheet: { ...SHEET, name: 'Oak' }, revision: 'r2' });
    expect(editor.sheet).toEqual({ ...SHEET, name: 'Oak' });
    expect(editor.isDirty).toBe(false);
    expect(stored.size).toBe(0);
  });

  it('learn of it when they come back to a draft of a sheet that is no longer the latest', () => {
    const first = desk();
    first.editor.mergeWith({ sheet: SHEET, revision: 'r0' });
    first.editor.set(['name'], 'Oak');
    first.editor.keepNow();
    const { editor } = desk(first.stored);
    editor.look();
    editor.restore();
    expect(editor.isBehind).toBe(true);
    expect(editor.saved.revision).toBe('r0');
  });
});
