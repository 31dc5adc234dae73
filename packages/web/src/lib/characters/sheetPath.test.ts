import { describe, expect, it } from 'vitest';
import { isSame, pathText, readPath, valueAt, withValue } from './sheetPath.ts';

const SHEET = { senses: { extra: [{ name: 'vibration' }] }, goals: ['light'] };

describe('a place in a sheet', () => {
  it.each([
    ['senses.extra[0].name', ['senses', 'extra', 0, 'name']],
    ['goals[12]', ['goals', 12]],
    ['', []],
  ])('is written as problems write it: %s', (text, path) => {
    expect(pathText(path)).toBe(text);
    expect(readPath(text)).toEqual(path);
  });

  it('is read, and has nothing where nothing is', () => {
    expect(valueAt(SHEET, ['senses', 'extra', 0, 'name'])).toBe('vibration');
    expect(valueAt(SHEET, ['senses', 'vision', 'acuity'])).toBeUndefined();
    expect(valueAt(SHEET, ['goals', 'length'])).toBeUndefined();
    expect(valueAt(SHEET, ['toString'])).toBeUndefined();
  });

  it('is changed in a copy, and the rest is shared', () => {
    const changed = withValue(SHEET, ['goals', 0], 'rain');
    expect(changed).toEqual({ ...SHEET, goals: ['rain'] });
    expect(valueAt(changed, ['senses'])).toBe(SHEET.senses);
    expect(SHEET.goals).toEqual(['light']);
  });

  it('is made with all that leads to it, and taken away', () => {
    expect(withValue({}, ['senses', 'vision', 'acuity'], 'keen')).toEqual({
      senses: { vision: { acuity: 'keen' } },
    });
    expect(withValue(SHEET, ['senses'], undefined)).toEqual({ goals: ['light'] });
  });

  it('stays an ordinary field whatever it is called', () => {
    const changed = withValue({}, ['__proto__', 'polluted'], true);
    expect(valueAt(changed, ['__proto__', 'polluted'])).toBe(true);
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  });

  it('is the same in whatever order its fields were written', () => {
    expect(isSame({ a: 1, b: [{ c: 2, d: 3 }] }, { b: [{ d: 3, c: 2 }], a: 1 })).toBe(true);
    expect(isSame([1, 2], [2, 1])).toBe(false);
  });
});
