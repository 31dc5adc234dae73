import { describe, expect, it } from 'vitest';
import { playersAddress, readPlayersInput } from './playersInput.ts';

describe('What a page of players is asked for', () => {
  const asked = (address: string) => readPlayersInput(new URLSearchParams(address));

  it('is everybody without their names, unless the address says otherwise in words that there are', () => {
    expect(asked('')).toEqual({ names: false, limit: 50 });
    expect(asked('?role=admin&player=%20p1%20&names=yes&cursor=5_x')).toEqual({
      role: 'admin',
      playerId: 'p1',
      names: true,
      cursor: '5_x',
      limit: 50,
    });
    expect(asked(`?role=king&player=${'x'.repeat(129)}&names=maybe`)).toEqual({ names: false, limit: 50 });
  });

  it('is found again in the address of the next page', () => {
    const input = asked('?role=player&player=p1&names=yes');
    expect(asked(playersAddress(input, '5_x'))).toEqual({ ...input, cursor: '5_x' });
    expect(playersAddress(asked(''), null)).toBe('?');
  });
});
