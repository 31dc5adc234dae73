import { describe, expect, it } from 'vitest';
import { addressOf, offsetOf, readParticipantsInput } from './participantsInput.ts';

const read = (query: string) => readParticipantsInput(new URLSearchParams(query));

describe('The address of a list of participants', () => {
  it('asks for everybody in the order in which they came, unless it says otherwise', () => {
    expect(read('')).toEqual({ search: '', order: 'number', limit: 50 });
    expect(read('stage=playing&order=lastAt&search=%2012%20&cursor=100')).toEqual({
      stage: 'playing',
      search: '12',
      order: 'lastAt',
      limit: 50,
      cursor: '100',
    });
  });

  it('asks for nothing that there cannot be', () => {
    for (const query of [
      'stage=constructor&order=toString',
      'cursor=-1',
      'cursor=0',
      'cursor=1e3',
      'cursor=99999999',
    ]) {
      expect(read(query)).toEqual({ search: '', order: 'number', limit: 50 });
    }
    expect(read(`search=${'x'.repeat(500)}`).search).toHaveLength(100);
  });

  it('leads to the pages before and after it', () => {
    const input = read('stage=playing&order=completed&search=a%26b&cursor=100');
    expect(offsetOf(input)).toBe(100);
    expect(read(addressOf(input, 150))).toEqual({ ...input, cursor: '150' });
    expect(addressOf(read(''), 0)).toBe('?');
  });
});
