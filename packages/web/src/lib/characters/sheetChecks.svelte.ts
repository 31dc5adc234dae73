import type { FieldProblemDto } from '@dcs/api';
import type { SheetAnswer } from '#lib/server/sheetActions.ts';
import { placeProblems } from './placedProblems.ts';

const NONE: Pick<SheetAnswer, 'problem' | 'problems' | 'warnings'> = {
  problem: '',
  problems: [],
  warnings: [],
};

/**
 * What the server has against a sheet, and what of it is shown. Nobody is told that a field is empty before they came to
 * it: until a check is asked for, only places that were left show what is wrong with them.
 */
export class SheetChecks {
  #answer = $state.raw(NONE);
  #showsAll = $state(false);
  #left = $state.raw<ReadonlySet<string>>(new Set());
  readonly #places: () => ReadonlySet<string>;

  constructor(places: () => ReadonlySet<string>) {
    this.#places = places;
  }

  readonly #problems = $derived.by(() => placeProblems(this.#answer.problems, this.#places()));
  readonly #warnings = $derived.by(() => placeProblems(this.#answer.warnings, this.#places()));

  /** Why nothing could be saved, when it is not the fault of a field. */
  get problem(): string {
    return this.#answer.problem;
  }

  /** Everything that is to be mended, in the order of the form; empty until a check is asked for. */
  get problems(): readonly FieldProblemDto[] {
    return this.#showsAll ? [...this.#problems.values()].flat() : [];
  }

  get warnings(): readonly FieldProblemDto[] {
    return this.#showsAll ? [...this.#warnings.values()].flat() : [];
  }

  problemsAt(place: string): readonly FieldProblemDto[] {
    return this.#isShown(place) ? (this.#problems.get(place) ?? []) : [];
  }

  warningsAt(place: string): readonly FieldProblemDto[] {
    return this.#isShown(place) ? (this.#warnings.get(place) ?? []) : [];
  }

  /** Where the first thing to mend is; `null` when there is none. */
  get firstPlace(): string | null {
    const [first] = this.#problems.keys();
    return first ?? null;
  }

  /** The places that problems of these fields are shown at. */
  countBelow(names: readonly string[]): number {
    if (!this.#showsAll) return 0;
    return [...this.#problems].filter(([place]) => names.some((name) => isBelow(place, name))).length;
  }

  leave(place: string): void {
    if (!this.#left.has(place)) this.#left = new Set([...this.#left, place]);
  }

  showAll(): void {
    this.#showsAll = true;
  }

  take({ problem, problems, warnings }: SheetAnswer): void {
    this.#answer = { problem, problems, warnings };
  }

  /** What was said of a sheet that is no longer there. */
  clear(): void {
    this.#answer = NONE;
    this.#showsAll = false;
    this.#left = new Set();
  }

  #isShown(place: string): boolean {
    return this.#showsAll || this.#left.has(place);
  }
}

function isBelow(place: string, name: string): boolean {
  return place === name || place.startsWith(`${name}.`) || place.startsWith(`${name}[`);
}
