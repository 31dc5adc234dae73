/** Where a text stops being JSON, counted from 1 as editors do. */
export interface JsonFault {
  /** In UTF-16 units from the start. */
  readonly offset: number;
  readonly line: number;
  readonly column: number;
  /** What is wrong there, to go after the place. */
  readonly message: string;
}

class Fault {
  readonly offset: number;
  readonly message: string;

  constructor(offset: number, message: string) {
    this.offset = offset;
    this.message = message;
  }
}

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORD = /[A-Za-z]+/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[\dA-Fa-f]{4})/y;
const MOST_DEPTH = 200;

/** Reads JSON for its form only. Browsers tell their faults in words of their own, and some without a place. */
class Reader {
  #at = 0;
  #depth = 0;
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  document(): void {
    this.#value();
    this.#space();
    if (this.#at < this.#text.length) throw this.#fault('there is something behind the end of the sheet');
  }

  #value(): void {
    this.#space();
    const next = this.#text[this.#at];
    if (next === '{') this.#container('}', () => this.#member());
    else if (next === '[') this.#container(']', () => this.#value());
    else if (next === '"') this.#string();
    else if (!this.#take(NUMBER)) this.#word();
  }

  #container(end: '}' | ']', part: () => void): void {
    this.#depth += 1;
    if (this.#depth > MOST_DEPTH) throw this.#fault('it is nested too deeply');
    this.#at += 1;
    this.#space();
    if (this.#text[this.#at] !== end) this.#parts(end, part);
    this.#at += 1;
    this.#depth -= 1;
  }

  #parts(end: '}' | ']', part: () => void): void {
    part();
    this.#space();
    while (this.#text[this.#at] !== end) {
      if (this.#text[this.#at] !== ',') throw this.#fault(`a comma or ${end} is missing`);
      this.#at += 1;
      this.#space();
      if (this.#text[this.#at] === end) throw this.#fault(`there is a comma before ${end}; remove it`);
      part();
      this.#space();
    }
  }

  #member(): void {
    this.#space();
    if (this.#text[this.#at] !== '"') throw this.#fault('the name of a field, in double quotes, is missing');
    this.#string();
    this.#space();
    if (this.#text[this.#at] !== ':') throw this.#fault('a colon is missing');
    this.#at += 1;
    this.#value();
  }

  #string(): void {
    const start = this.#at;
    this.#at += 1;
    for (;;) {
      this.#plain();
      const next = this.#text[this.#at];
      if (next === '"') break;
      if (next === undefined) throw new Fault(start, 'this text has no closing quote');
      if (next !== '\\')
        throw this.#fault('a text goes over the end of its line; write \\n, or close its quote');
      if (!this.#take(ESCAPE)) throw this.#fault('this backslash means nothing; write two of them');
    }
    this.#at += 1;
  }

  /** What a text may be made of without an escape. */
  #plain(): void {
    const FIRST_PRINTABLE = 32;
    for (; this.#at < this.#text.length; this.#at += 1) {
      const next = this.#text[this.#at];
      if (next === '"' || next === '\\' || this.#text.charCodeAt(this.#at) < FIRST_PRINTABLE) return;
    }
  }

  #word(): void {
    const start = this.#at;
    const word = this.#take(WORD) ? this.#text.slice(start, this.#at) : null;
    if (word === 'true' || word === 'false' || word === 'null') return;
    if (word !== null) throw new Fault(start, `${word.slice(0, 40)} needs double quotes`);
    if (this.#text[start] === "'") throw this.#fault('a text needs double quotes');
    throw this.#fault('a value is missing');
  }

  #space(): void {
    this.#take(/[ \t\r\n]*/y);
  }

  #take(pattern: RegExp): boolean {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    if (found === undefined) return false;
    this.#at += found.length;
    return found !== '';
  }

  #fault(message: string): Fault {
    const isEnd = this.#at >= this.#text.length;
    return new Fault(this.#at, isEnd ? `the text ends too early: ${message}` : message);
  }
}

function placed(text: string, { offset, message }: Fault): JsonFault {
  const before = text.slice(0, offset);
  const line = before.split('\n').length;
  return { offset, line, column: offset - before.lastIndexOf('\n'), message };
}

/** The first place at which a text is not JSON; `null` where it is. */
export function jsonFault(text: string): JsonFault | null {
  try {
    new Reader(text).document();
    return null;
  } catch (thrown) {
    if (thrown instanceof Fault) return placed(text, thrown);
    throw thrown;
  }
}
