import { describe, expect, it } from 'vitest';
import { sectionsOf } from './sheetSections.ts';
import { FORM, group, list, text } from './testing.ts';

describe('the sections of a sheet', () => {
  it('hold every field once', () => {
    const names = sectionsOf(FORM).flatMap((section) => section.names);
    expect(names.toSorted()).toEqual(FORM.fields.map(({ name }) => name).toSorted());
  });

  it('have a place for fields that nobody has thought of', () => {
    const sections = sectionsOf(
      group({ hid: text(), motto: text(), friends: list(group({ name: text() })) }),
    );
    expect(sections.map(({ id, names }) => [id, names])).toEqual([
      ['who', ['hid']],
      ['friends', ['friends']],
      ['more', ['motto']],
    ]);
  });
});
