import { describe, expect, it } from 'vitest';
import { once } from './once.ts';

describe('what is made once', () => {
  it('is made again for another thing, however much it looks like the first', () => {
    let times = 0;
    const made = once((thing: { readonly a: number }) => `${thing.a} ${(times += 1)}`);
    const [thing, same] = [{ a: 1 }, { a: 1 }];
    expect([made(thing), made(thing), made(same), made(thing)]).toEqual(['1 1', '1 1', '1 2', '1 1']);
  });
});
