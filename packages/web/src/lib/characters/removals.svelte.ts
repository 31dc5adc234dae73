import { listOf, valueAt, withValue } from './sheetPath.ts';
import type { Fields, SheetPath } from './sheetPath.ts';

/** Something that was taken out of a sheet. */
interface Removal {
  readonly path: SheetPath;
  readonly value: unknown;
  /** What it was called. */
  readonly words: string;
}

/** What was removed and can be put back, one after the other, the latest first. Other changes in between stay. */
export class Removals {
  #done = $state.raw<readonly Removal[]>([]);

  /** What `putBack` would bring. */
  get latest(): string | null {
    return this.#done.at(-1)?.words ?? null;
  }

  /** The sheet without what is at `path`: an entry of a list, or a field, of which `rest` stays. */
  remove(sheet: Fields, removal: Omit<Removal, 'value'> & { readonly rest: unknown }): unknown {
    const { path, words, rest } = removal;
    this.#done = [...this.#done, { path, words, value: valueAt(sheet, path) }];
    const place = path.at(-1);
    if (typeof place !== 'number') return withValue(sheet, path, rest);
    const list = path.slice(0, -1);
    return withValue(sheet, list, listOf(valueAt(sheet, list)).toSpliced(place, 1));
  }

  /** The sheet with the latest removal back at its place, and where that is. */
  putBack(sheet: Fields): { readonly sheet: unknown; readonly path: SheetPath } | null {
    const removal = this.#done.at(-1);
    if (removal === undefined) return null;
    this.#done = this.#done.slice(0, -1);
    const { path, value } = removal;
    const place = path.at(-1);
    if (typeof place !== 'number') return { sheet: withValue(sheet, path, value), path };
    const list = path.slice(0, -1);
    const items = listOf(valueAt(sheet, list));
    const index = Math.min(place, items.length);
    return {
      sheet: withValue(sheet, list, items.toSpliced(index, 0, value)),
      path: [...list, index],
    };
  }

  clear(): void {
    this.#done = [];
  }
}
