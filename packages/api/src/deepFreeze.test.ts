import { describe, expect, it } from 'vitest';
import { deepFreeze } from './deepFreeze.ts';

describe('what is frozen', () => {
  it('can be changed nowhere', () => {
    const data = deepFreeze({ name: 'Ann', likes: [{ what: 'tea' }] });
    expect(() => Object.assign(data.likes[0] ?? {}, { what: 'coffee' })).toThrow(TypeError);
    expect(() => data.likes.push({ what: 'coffee' })).toThrow(TypeError);
    expect(() => Object.assign(data, { name: 'Ben' })).toThrow(TypeError);
    expect(data).toEqual({ name: 'Ann', likes: [{ what: 'tea' }] });
  });
});
