import { describe, expect, it } from 'vitest';
import { auditAddress, readAuditInput } from './auditInput.ts';
import { actionInWords, detailsInWords, pageOf } from './auditWords.ts';

describe('The audit log in words', () => {
  it('says what was done, and leaves as it is what it does not know', () => {
    expect(actionInWords('session/held')).toBe('Paused a session');
    expect(actionInWords('session/danced')).toBe('session/danced');
  });

  it('leads to what it is about, where that has a page', () => {
    expect(pageOf({ action: 'session/ended', targetId: 's 1' })).toBe('admin/sessions/s%201');
    expect(pageOf({ action: 'experiment/paused', targetId: 'demo' })).toBe('admin/experiments/demo');
    expect(pageOf({ action: 'character/updated', targetId: 'OCT' })).toBe('admin/characters/OCT');
    expect(pageOf({ action: 'player/erased', targetId: 'p1' })).toBeNull();
    expect(pageOf({ action: 'session/ended', targetId: null })).toBeNull();
  });

  it('tells more in a few words', () => {
    expect(detailsInWords({})).toBe('');
    expect(detailsInWords({ length: 6, revision: 'ab'.repeat(32), from: 'ADMIN_KEY' })).toBe(
      'characters: 6, revision: abababababab, from: ADMIN_KEY',
    );
  });
});

describe('What a page of the audit log is asked for', () => {
  const asked = (address: string) => readAuditInput(new URLSearchParams(address));

  it('is everything unless the address says otherwise, in words that there are', () => {
    expect(asked('')).toEqual({ limit: 50 });
    expect(asked('?action=session/held&target=s1&actor=a1&cursor=5_x')).toEqual({
      action: 'session/held',
      targetId: 's1',
      actorId: 'a1',
      cursor: '5_x',
      limit: 50,
    });
    expect(asked(`?action=session/danced&target=${'x'.repeat(129)}&actor=%20`)).toEqual({ limit: 50 });
  });

  it('is found again in the address of the next page', () => {
    const input = asked('?action=session/held&target=s1&actor=a1');
    expect(asked(auditAddress(input, '5_x'))).toEqual({ ...input, cursor: '5_x' });
    expect(auditAddress(asked(''), null)).toBe('?');
  });
});
