import { Marked, type Token, type Tokens } from 'marked';

/** Text with emphasis, as data: pages build elements from it, so no markup can come through, whatever was written. */
export type Inline =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'code'; readonly text: string }
  | { readonly type: 'break' }
  | { readonly type: 'strong' | 'em' | 'del'; readonly inside: readonly Inline[] }
  | { readonly type: 'link'; readonly href: string; readonly inside: readonly Inline[] };

export type Block =
  | { readonly type: 'paragraph' | 'heading'; readonly inside: readonly Inline[] }
  | { readonly type: 'list'; readonly start: number | null; readonly items: readonly (readonly Block[])[] }
  | { readonly type: 'quote'; readonly blocks: readonly Block[] }
  | { readonly type: 'code'; readonly text: string }
  | { readonly type: 'rule' }
  | { readonly type: 'table'; readonly head: readonly Cell[]; readonly rows: readonly (readonly Cell[])[] };

export type Cell = readonly Inline[];

/** Raw HTML is not recognised: it is text like any other. */
const tokenizer = { html: () => undefined, tag: () => undefined };
const reader = new Marked({ gfm: true, tokenizer });
const lineReader = new Marked({ gfm: true, breaks: true, tokenizer });

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  '#39': "'",
  nbsp: '\u00A0',
};

function decoded(text: string): string {
  return text.replaceAll(/&(amp|lt|gt|quot|#39|nbsp);/g, (entity, name: string) => ENTITIES[name] ?? entity);
}

/** Only ordinary web and mail links are followed; everything else stays text. */
function safeHref(href: string): string | null {
  try {
    const url = new URL(decoded(href));
    return ['http:', 'https:', 'mailto:'].includes(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}

function linkOf(token: Tokens.Link): readonly Inline[] {
  const inside = inlinesOf(token.tokens);
  const href = safeHref(token.href);
  return href === null ? inside : [{ type: 'link', href, inside }];
}

function inlineOf(token: Token): readonly Inline[] {
  switch (token.type) {
    case 'strong':
    case 'em':
    case 'del':
      return [{ type: token.type, inside: inlinesOf(token.tokens) }];
    case 'codespan':
      return [{ type: 'code', text: String(token['text']) }];
    case 'br':
      return [{ type: 'break' }];
    case 'link':
      return linkOf(token as Tokens.Link);
    case 'image':
      // A picture would tell a foreign server who reads; its description says as much.
      return [{ type: 'text', text: decoded(String(token['text'])) }];
    default:
      if (token.type === 'text' && token.tokens !== undefined) return inlinesOf(token.tokens);
      return [{ type: 'text', text: decoded('text' in token ? String(token['text']) : token.raw) }];
  }
}

function inlinesOf(tokens: readonly Token[] | undefined): readonly Inline[] {
  return (tokens ?? []).flatMap(inlineOf);
}

function listOf(token: Tokens.List): Block {
  const start = token.ordered ? Number(token.start) || 1 : null;
  return { type: 'list', start, items: token.items.map((item) => blocksOf(item.tokens)) };
}

function tableOf(token: Tokens.Table): Block {
  const cells = (row: readonly Tokens.TableCell[]): readonly Cell[] =>
    row.map((cell) => inlinesOf(cell.tokens));
  return { type: 'table', head: cells(token.header), rows: token.rows.map(cells) };
}

function blockOf(token: Token): readonly Block[] {
  switch (token.type) {
    case 'space':
    case 'def':
      return [];
    case 'heading':
      // The outline of the page is the page's own; a heading in a text is a strong line.
      return [{ type: 'heading', inside: inlinesOf(token.tokens) }];
    case 'list':
      return [listOf(token as Tokens.List)];
    case 'blockquote':
      return [{ type: 'quote', blocks: blocksOf(token.tokens) }];
    case 'code':
      return [{ type: 'code', text: String(token['text']) }];
    case 'hr':
      return [{ type: 'rule' }];
    case 'table':
      return [tableOf(token as Tokens.Table)];
    case 'checkbox':
      return [{ type: 'paragraph', inside: [{ type: 'text', text: token.raw.trim() }] }];
    default:
      return [{ type: 'paragraph', inside: 'tokens' in token ? inlinesOf(token.tokens) : inlineOf(token) }];
  }
}

function blocksOf(tokens: readonly Token[] | undefined): readonly Block[] {
  return (tokens ?? []).flatMap(blockOf);
}

const MAX_DEPTH = 24;

/** Nobody nests so deep by accident, and building elements for it could exhaust the stack. */
function isTooDeep(value: unknown, depth = 0): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return depth > MAX_DEPTH || Object.values(value).some((inner) => isTooDeep(inner, depth + 1));
}

/**
 * Reads Markdown by characters, games and strangers. Never throws: what cannot be read is one plain paragraph. With
 * `keepsLines` a line break means one; without it lines flow together, as in texts that were wrapped by hand.
 */
export function readMarkdown(markdown: string, { keepsLines }: { keepsLines: boolean }): readonly Block[] {
  const plain: readonly Block[] = [{ type: 'paragraph', inside: [{ type: 'text', text: markdown }] }];
  try {
    const blocks = blocksOf((keepsLines ? lineReader : reader).lexer(markdown));
    return isTooDeep(blocks) ? plain : blocks;
  } catch {
    return plain;
  }
}
