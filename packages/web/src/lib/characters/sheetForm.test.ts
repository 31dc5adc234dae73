import { describe, expect, it } from 'vitest';
import { blankOf, fits, inOrder, placesOf, placeWords, previewOf, unknownNames } from './sheetForm.ts';
import { FORM, SHEET, text } from './testing.ts';

describe('the form of a sheet', () => {
  it('calls every place by its title, or by the words of its name', () => {
    expect(placeWords(FORM, ['hid'])).toEqual(['Handle']);
    expect(placeWords(FORM, ['scenarios', 1, 'pleasantIf', 0])).toEqual(['Scenarios 2', 'Pleasant if 1']);
    expect(placeWords(FORM, ['mood'])).toEqual(['mood']);
    expect(placeWords(FORM, [])).toEqual([]);
  });

  it('begins with every field that a sheet must have, and makes no choice for anybody', () => {
    expect(blankOf(FORM)).toEqual({
      hid: '',
      isHuman: false,
      goals: [''],
      scenarios: [],
      dimensions: null,
    });
    const senses = FORM.fields.find(({ name }) => name === 'senses')?.field ?? text();
    expect(blankOf(senses)).toEqual({ vision: {} });
  });

  it('has a place for every field, entry and group that is there', () => {
    expect(placesOf(FORM, SHEET)).toEqual([
      '',
      'hid',
      'name',
      'isHuman',
      'goals',
      'goals[0]',
      'goals[1]',
      'scenarios',
      'scenarios[0]',
      'scenarios[0].name',
      'scenarios[0].pleasantIf',
      'scenarios[0].pleasantIf[0]',
      'senses',
      'dimensions',
    ]);
  });

  it('has one place for what does not fit, and one for what no sheet has', () => {
    const odd = { ...SHEET, goals: 'light', mood: 'good' };
    const places = placesOf(FORM, odd);
    expect(places).toContain('goals');
    expect(places).not.toContain('goals[0]');
    expect(places).toContain('mood');
    expect(unknownNames(FORM, odd)).toEqual(['mood']);
  });

  it.each([
    ['a text', text(), 'words', true],
    ['a number for a text', text(), 4, false],
    ['nothing', text(), undefined, true],
    ['null where a group may be null', { ...FORM, absence: 'null' } as const, null, true],
    ['null where it may not', FORM, null, false],
    ['a list for a group', FORM, [], false],
  ])('knows whether a control fits: %s', (...[, field, value, expected]) => {
    expect(fits(field, value)).toBe(expected);
  });

  it('writes fields in the order of the schema, and keeps what it does not know', () => {
    const mixed = { mood: 'good', goals: ['a'], scenarios: [{ pleasantIf: [], name: 'n' }], hid: 'OAK' };
    expect(JSON.stringify(inOrder(FORM, mixed))).toBe(
      '{"hid":"OAK","goals":["a"],"scenarios":[{"name":"n","pleasantIf":[]}],"mood":"good"}',
    );
  });

  it('previews what is unfinished: gaps are blank, and what does not fit is left out', () => {
    expect(previewOf(FORM, { hid: 'OAK', goals: ['', 'rain'], isHuman: 'yes', senses: {} })).toEqual({
      hid: 'OAK',
      name: undefined,
      isHuman: false,
      goals: ['rain'],
      scenarios: [],
      senses: { vision: { acuity: '' } },
      dimensions: null,
    });
  });
});
