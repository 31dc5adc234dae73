import { describe, expect, it } from 'vitest';
import { FIRST_ENTRIES, preflightEntries, readPreflight } from './preflightInput.ts';
import type { PreflightEntries } from './preflightInput.ts';

const asked = (entries: Partial<PreflightEntries>) => readPreflight({ ...FIRST_ENTRIES, ...entries });

describe('What a preflight is asked for', () => {
  it('is read from the form, with a price only where somebody gives one', () => {
    const form = new FormData();
    for (const [name, value] of Object.entries({
      participants: '40',
      seed: ' b ',
      dollarsPerCall: '0,002',
    })) {
      form.set(name, value);
    }
    const entries = preflightEntries(form);
    expect(entries).toEqual({ participants: '40', seed: 'b', dollarsPerCall: '0.002' });
    expect(readPreflight(entries)).toEqual({
      ok: true,
      input: { participants: 40, seed: 'b', dollarsPerCall: 0.002 },
    });
    expect(asked({})).toEqual({ ok: true, input: { participants: 200, seed: '1' } });
    expect(asked({ dollarsPerCall: '0' })).toMatchObject({ input: { dollarsPerCall: 0 } });
  });

  it.each([
    ['participants', '0'],
    ['participants', '2001'],
    ['participants', '1.5'],
    ['participants', ''],
    ['seed', ''],
    ['dollarsPerCall', '-1'],
    ['dollarsPerCall', '1001'],
    ['dollarsPerCall', 'cheap'],
    ['dollarsPerCall', '1e3'],
  ] as const)('is not %s %j, which is told at that field', (field, value) => {
    expect(asked({ [field]: value })).toMatchObject({ ok: false, field, problem: expect.any(String) });
  });
});
