import { describe, expect, it } from 'vitest';
import { readNextPage } from './nextPage.ts';

describe('The page after signing in', () => {
  it.each(['/', '/games', '/play/abc?x=1#y'])('may be a page of this site: %s', (page) => {
    expect(readNextPage(page, '/games')).toBe(page);
  });

  it.each([
    null,
    undefined,
    '',
    'games',
    '//evil.example',
    '/\\evil.example',
    'https://evil.example',
    '/a\nb',
    `/${'a'.repeat(600)}`,
  ])('is the usual one instead of %j', (page) => {
    expect(readNextPage(page, '/games')).toBe('/games');
  });
});
