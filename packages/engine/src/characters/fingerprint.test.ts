import { describe, expect, it } from 'vitest';
import { exampleSheet } from '../testing/exampleSheet.ts';
import { fingerprintText } from './fingerprint.ts';

const subject = { sheet: exampleSheet(), model: 'scripted', promptVersion: 'roleplay-1' };

describe('the text of a fingerprint', () => {
  it('is JSON with sorted keys, only ASCII, and blanks where Python sets them', () => {
    const sheet = exampleSheet({ shortDescription: 'caf\u00E9 \u{1F419} \u007F \t\n"\\ /' });
    const text = fingerprintText({ ...subject, sheet });
    expect(text).toContain(String.raw`"shortDescription": "caf\u00e9 \ud83d\udc19 \u007f \t\n\"\\ /"`);
    expect(
      text.startsWith('{"character": {"abilities": ["Can roll a metre."], "authors": ["A tester"], '),
    ).toBe(true);
    expect(text.endsWith('}, "model": "scripted", "promptVersion": "roleplay-1"}')).toBe(true);
  });

  it('says the same as the subject', () => {
    expect(JSON.parse(fingerprintText(subject))).toEqual({
      character: exampleSheet(),
      model: 'scripted',
      promptVersion: 'roleplay-1',
    });
  });

  it('does not mind the order of fields, nor fields that are left out or undefined', () => {
    const { senses: _senses, ...rest } = exampleSheet();
    const reversed = Object.fromEntries(Object.entries(exampleSheet()).toReversed());
    expect(fingerprintText({ ...subject, sheet: { ...exampleSheet(), ...reversed } })).toBe(
      fingerprintText(subject),
    );
    expect(fingerprintText({ ...subject, sheet: exampleSheet({ senses: undefined }) })).toBe(
      fingerprintText({ ...subject, sheet: rest }),
    );
  });

  it.each([
    { sheet: exampleSheet({ pcEligible: false }) },
    { model: 'openrouter:another' },
    { promptVersion: 'roleplay-2' },
  ])('changes with everything that decides how a character is played: %o', (change) => {
    expect(fingerprintText({ ...subject, ...change })).not.toBe(fingerprintText(subject));
  });
});
