import { describe, expect, it } from 'vitest';
import { oncePerObject } from './oncePerObject.ts';

describe('what is made once per object', () => {
  it('is made again for another one, for one that may change, and for what is none', () => {
    let times = 0;
    const made = oncePerObject((data) => `${JSON.stringify(data)} ${(times += 1)}`);
    const [fixed, same] = [Object.freeze({ a: 1 }), Object.freeze({ a: 1 })];
    expect([made(fixed), made(fixed), made(same)]).toEqual(['{"a":1} 1', '{"a":1} 1', '{"a":1} 2']);
    const loose = { a: 1 };
    expect([made(loose), made(loose)]).toEqual(['{"a":1} 3', '{"a":1} 4']);
    expect([made('x'), made('x'), made(null)]).toEqual(['"x" 5', '"x" 6', 'null 7']);
  });
});
