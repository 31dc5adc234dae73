import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Block, type Inline, readMarkdown as read } from './markdown.ts';

const readMarkdown = (markdown: string): readonly Block[] => read(markdown, { keepsLines: true });

const text = (value: string): Inline => ({ type: 'text', text: value });
const paragraph = (...inside: Inline[]): Block => ({ type: 'paragraph', inside });

/** Every address in a text, wherever it stands. */
function hrefsOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(hrefsOf);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === 'href' && typeof inner === 'string' ? [inner] : hrefsOf(inner),
  );
}

function plainOf(value: unknown): string {
  if (Array.isArray(value)) return value.map(plainOf).join('');
  if (typeof value !== 'object' || value === null) return '';
  return Object.entries(value)
    .map(([key, inner]) => (key === 'text' && typeof inner === 'string' ? inner : plainOf(inner)))
    .join('');
}

describe('Markdown', () => {
  it('has emphasis, lists and paragraphs', () => {
    expect(readMarkdown('It *waits*.\n\n- one\n- **two**')).toEqual([
      paragraph(text('It '), { type: 'em', inside: [text('waits')] }, text('.')),
      {
        type: 'list',
        start: null,
        items: [[paragraph(text('one'))], [paragraph({ type: 'strong', inside: [text('two')] })]],
      },
    ]);
  });

  it('keeps single line breaks', () => {
    expect(readMarkdown('one\ntwo')).toEqual([paragraph(text('one'), { type: 'break' }, text('two'))]);
  });

  it('lets lines flow together where they were wrapped by hand', () => {
    expect(plainOf(read('one\ntwo', { keepsLines: false }))).toBe('one\ntwo');
  });

  it('has quotes, code, rules, numbered lists and tables', () => {
    const blocks = readMarkdown(
      '> said\n\n```js\nlet a\n```\n\n---\n\n3. c\n\n| a | b |\n| - | - |\n| 1 | `2` |',
    );
    expect(blocks.map(({ type }) => type)).toEqual(['quote', 'code', 'rule', 'list', 'table']);
    expect(blocks[3]).toMatchObject({ start: 3 });
    expect(blocks[4]).toMatchObject({ rows: [[[text('1')], [{ type: 'code', text: '2' }]]] });
  });

  it('has headings that are no part of the outline of the page', () => {
    expect(readMarkdown('# Help')).toEqual([{ type: 'heading', inside: [text('Help')] }]);
  });

  it('shows the description in place of a picture', () => {
    expect(readMarkdown('![a cat](https://example.org/cat.png)')).toEqual([paragraph(text('a cat'))]);
  });

  it('reads entities that people write', () => {
    expect(plainOf(readMarkdown('a &amp; b &lt; c'))).toBe('a & b < c');
  });

  it('keeps markup as the text that it is', () => {
    const written = 'a <script>alert(1)</script> <b onclick="x()">b</b>';
    expect(readMarkdown(written)).toEqual([paragraph(text(written))]);
  });

  it.each(['https://example.org/x?y=1&z=2', 'http://example.org/', 'mailto:a@example.org'])(
    'links to %s',
    (href) => {
      expect(hrefsOf(readMarkdown(`[a](${href})`))).toEqual([href]);
    },
  );

  it.each([
    '[x](javascript:alert(1))',
    '[x](JaVaScRiPt:alert(1))',
    '[x](java&#x09;script:alert(1))',
    '[x](javascript&colon;alert(1))',
    '[x](&#106;avascript:alert(1))',
    '[x](data:text/html,<script>alert(1)</script>)',
    '[x](vbscript:x)',
    '[x](//example.org)',
    '[x](/account)',
    '<javascript:alert(1)>',
    '[x][y]\n\n[y]: javascript:alert(1)',
  ])('does not link to %s', (hostile) => {
    expect(hrefsOf(readMarkdown(hostile))).toEqual([]);
  });

  it('links to the web alone and never throws, whatever is put together', () => {
    const pieces =
      '<script> </script> <pre> <a href="javascript:x"> [x]( ) ![ ] ( " \' ` ``` ~~~ * _ # > - | &lt; \\ < > \n \n\n \t javascript: 1. http://a.b/ www.a.b a@b.c [x]: - [ ]';
    const piece = fc.oneof(
      fc.constantFrom(...pieces.split(' '), ' '),
      fc.string({ unit: 'binary', maxLength: 4 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 24 }), (parts) => {
        for (const href of hrefsOf(readMarkdown(parts.join('')))) expect(href).toMatch(/^(https?|mailto):/);
      }),
      { numRuns: 1000 },
    );
  });

  it('bears deep nesting, right-to-left text, emoji and lone surrogates', () => {
    expect(plainOf(readMarkdown('שלום 🐙 \uD83D'))).toBe('שלום 🐙 \uD83D');
    const deep = `${'>'.repeat(200)} deep`;
    expect(readMarkdown(deep)).toEqual([paragraph(text(deep))]);
    expect(plainOf(readMarkdown(`${'*'.repeat(5000)}a`))).toContain('a');
  });
});
