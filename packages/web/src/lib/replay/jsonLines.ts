/** A line of a printed state, and how it differs from the state before. */
export interface JsonLine {
  readonly text: string;
  readonly change: 'none' | 'added' | 'removed';
}

/** Enough for any state that somebody reads through. */
const MOST_LINES = 2_000;

type Change = JsonLine['change'];
type Key = string | null;

const isContainer = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** Both of one kind, so that they can be compared part by part. */
function isComparable(now: unknown, before: unknown): boolean {
  return isContainer(now) && isContainer(before) && Array.isArray(now) === Array.isArray(before);
}

function entriesOf(value: object): readonly (readonly [Key, unknown])[] {
  return Array.isArray(value) ? value.map((item: unknown) => [null, item]) : Object.entries(value);
}

/** Prints values as JSON, a line for each part. */
class Printer {
  readonly lines: JsonLine[] = [];

  /** A value of which nothing is to be compared. */
  whole(value: unknown, place: Place, change: Change): void {
    if (!isContainer(value) || entriesOf(value).length === 0) {
      this.#add(`${place.start}${JSON.stringify(value) ?? 'null'}${place.end}`, change);
      return;
    }
    const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
    this.#add(place.start + open, change);
    const entries = entriesOf(value);
    for (const [index, [key, inner]] of entries.entries()) {
      this.whole(inner, inside(place, key, index === entries.length - 1), change);
    }
    this.#add(`${place.indent}${close}${place.end}`, change);
  }

  compared(now: unknown, before: unknown, place: Place): void {
    if (now === before || JSON.stringify(now) === JSON.stringify(before)) {
      this.whole(now, place, 'none');
    } else if (isContainer(now) && isContainer(before) && isComparable(now, before)) {
      this.#parts(now, before, place);
    } else {
      if (before !== undefined) this.whole(before, place, 'removed');
      if (now !== undefined) this.whole(now, place, 'added');
    }
  }

  #parts(now: object, before: object, place: Place): void {
    const [open, close] = Array.isArray(now) ? ['[', ']'] : ['{', '}'];
    this.#add(place.start + open, 'none');
    const names = [...new Set([...Object.keys(now), ...Object.keys(before)])];
    for (const [index, name] of names.entries()) {
      const key = Array.isArray(now) ? null : name;
      const isLast = index === names.length - 1;
      this.compared(Reflect.get(now, name), Reflect.get(before, name), inside(place, key, isLast));
    }
    this.#add(`${place.indent}${close}${place.end}`, 'none');
  }

  #add(text: string, change: Change): void {
    this.lines.push({ text, change });
  }
}

interface Place {
  readonly indent: string;
  /** What stands before the value on its first line. */
  readonly start: string;
  /** What stands after its last. */
  readonly end: string;
}

function inside(place: Place, key: Key, isLast: boolean): Place {
  const indent = `${place.indent}  `;
  const start = key === null ? indent : `${indent}${JSON.stringify(key)}: `;
  return { indent, start, end: isLast ? '' : ',' };
}

/** A state as JSON, with what changed since the step before; `undefined` before the first step compares with nothing. */
export function jsonLines(now: unknown, before: unknown): readonly JsonLine[] {
  const printer = new Printer();
  const place = { indent: '', start: '', end: '' };
  if (before === undefined) printer.whole(now, place, 'none');
  else printer.compared(now, before, place);
  const rest = printer.lines.length - MOST_LINES;
  if (rest <= 0) return printer.lines;
  return [...printer.lines.slice(0, MOST_LINES), { text: `… ${rest} more lines`, change: 'none' }];
}
