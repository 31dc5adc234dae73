import { describe, expect, it } from 'vitest';
import { jsonFault } from './jsonFault.ts';
import { faultWords, readSource } from './sourceText.ts';

describe('the source of a sheet', () => {
  it.each([
    ['{}'],
    ['{"a": [1, -2.5e+3, true, false, null, "\\u00e9\\n", {}], "b": {"c": []}}'],
    [' \n\t[ ] '],
    ['"text"'],
  ])('is JSON: %s', (text) => {
    expect(jsonFault(text)).toBeNull();
    expect(() => JSON.parse(text)).not.toThrow();
  });

  it.each([
    ['{ "hid": ', 1, 10, 'a value is missing'],
    ['{\n  "hid": "OAK"\n  "name": 1\n}', 3, 3, 'a comma or } is missing'],
    ['{\n  "goals": ["a",]\n}', 2, 17, 'a comma before ]'],
    ["{ 'hid': 1 }", 1, 3, 'in double quotes'],
    ['{ "hid": OAK }', 1, 10, 'OAK needs double quotes'],
    ['{ "hid" 1 }', 1, 9, 'a colon is missing'],
    ['{ "hid": "OAK }', 1, 10, 'no closing quote'],
    ['{ "hid": "O\nAK" }', 1, 12, 'goes over the end of its line'],
    ['{ "hid": "\\x" }', 1, 11, 'backslash'],
    ['{ "a": 01 }', 1, 9, 'a comma or } is missing'],
    ['{} {}', 1, 4, 'behind the end'],
    ['', 1, 1, 'ends too early'],
    ['['.repeat(300), 1, 201, 'nested too deeply'],
  ])('tells line and column of what is not JSON: %j', (...[text, line, column, message]) => {
    expect(jsonFault(text)).toMatchObject({ line, column, message: expect.stringContaining(message) });
    if (!message.includes('deeply')) expect(() => JSON.parse(text)).toThrow();
  });

  it('is read as a sheet only if it is a group of fields', () => {
    expect(readSource('{"hid": "OAK"}')).toEqual({ ok: true, sheet: { hid: 'OAK' } });
    const read = readSource('["OAK"]');
    expect(read.ok ? '' : faultWords(read.fault)).toBe(
      'Line 1, column 1: a sheet is a group of fields, in braces',
    );
  });
});
