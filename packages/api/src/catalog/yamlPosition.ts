import { isAlias, isCollection, isMap, isNode, isPair, isScalar, isSeq } from 'yaml';
import type { Document, LineCounter } from 'yaml';
import type { Position, ValuePath } from './problem.ts';

interface Place {
  /** Offset to report: the key for an entry of a map, the value itself in a list. */
  readonly offset: number;
  readonly node: unknown;
}

function offsetOf(node: unknown): number | undefined {
  return isNode(node) ? node.range?.[0] : undefined;
}

function step(document: Document, from: Place, key: PropertyKey): Place | undefined {
  const node = isAlias(from.node) ? from.node.resolve(document) : from.node;
  if (isMap(node)) {
    const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(key));
    return pair && { offset: offsetOf(pair.key) ?? from.offset, node: pair.value };
  }
  if (isSeq(node) && typeof key === 'number') {
    const item: unknown = node.items[key];
    const shown = isPair(item)
      ? item.key
      : isCollection(item) && isPair(item.items[0])
        ? item.items[0].key
        : item;
    return item === undefined ? undefined : { offset: offsetOf(shown) ?? from.offset, node: item };
  }
  return undefined;
}

/** The position of the value at `path`, or of the nearest enclosing value that the file does contain. */
export function positionIn(document: Document, lines: LineCounter, path: ValuePath): Position {
  let place: Place = { offset: offsetOf(document.contents) ?? 0, node: document.contents };
  for (const key of path) {
    const next = step(document, place, key);
    if (next === undefined) break;
    place = next;
  }
  return positionAt(lines, place.offset);
}

/** An offset as line and column. */
export function positionAt(lines: LineCounter, offset: number): Position {
  const { line, col } = lines.linePos(offset);
  return { line: Math.max(1, line), column: Math.max(1, col) };
}
