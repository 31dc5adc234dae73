import type { GroupField } from '@dcs/api';
import type { Scheduler } from '#lib/scheduler.ts';
import type { SheetAnswer } from '#lib/server/sheetActions.ts';
import type { DraftShelf, SavedSheet, SheetDraft } from './draftShelf.ts';
import type { JsonFault } from './jsonFault.ts';
import { Removals } from './removals.svelte.ts';
import { changesBetween, mergeSheets } from './sheetChanges.ts';
import { SheetChecks } from './sheetChecks.svelte.ts';
import { inOrder, placesOf, placeWords } from './sheetForm.ts';
import { isFields, isSame, listOf, pathText, valueAt, withValue } from './sheetPath.ts';
import type { Fields, SheetPath } from './sheetPath.ts';
import { readSource } from './sourceText.ts';

/** A sheet is looked at by the server when its writer pauses. */
const CHECK_AFTER_MS = 700;
/** What is written is kept on this device a moment later. */
const KEEP_AFTER_MS = 400;

export interface SheetEditorPorts {
  readonly fields: GroupField;
  readonly saved: SavedSheet;
  readonly shelf: DraftShelf;
  readonly scheduler: Scheduler;
  readonly now: () => Date;
  /** What the server has against a sheet; `null` when it could not be asked. */
  readonly check: (sheet: string) => Promise<SheetAnswer | null>;
}

/** A sheet while it is written: one value, which the form and its source show and change. */
export class SheetEditor {
  readonly fields: GroupField;
  readonly removals = new Removals();
  readonly checks: SheetChecks;
  readonly #ports: SheetEditorPorts;
  #saved = $state.raw<SavedSheet>({ sheet: {}, revision: '' });
  #sheet = $state.raw<Fields>({});
  /** The source as it is being typed; `null` while it follows the form. */
  #typed = $state.raw<string | null>(null);
  #found = $state.raw<SheetDraft | null>(null);
  #keptAt = $state.raw<string | null>(null);
  #isBehind = $state(false);
  #said = $state('');
  /** How often the server was asked about a sheet, in whatever way: only its latest answer counts. */
  #asked = 0;
  #forgetCheck: () => void = () => undefined;
  #forgetKeeping: () => void = () => undefined;

  constructor(ports: SheetEditorPorts) {
    this.#ports = ports;
    this.fields = ports.fields;
    this.#saved = ports.saved;
    this.#sheet = ports.saved.sheet;
    this.checks = new SheetChecks(() => this.#places);
  }

  readonly #places = $derived.by(() => new Set(placesOf(this.fields, this.#sheet)));
  readonly #read = $derived.by(() => (this.#typed === null ? null : readSource(this.#typed)));

  readonly source = $derived.by(
    () => this.#typed ?? JSON.stringify(inOrder(this.fields, this.#sheet), null, 2),
  );
  /** Where the source cannot be read. As long as there is such a place, the form shows the sheet as it was before. */
  readonly fault: JsonFault | null = $derived.by(() => (this.#read?.ok === false ? this.#read.fault : null));
  readonly changes = $derived.by(() => changesBetween(this.#saved.sheet, this.#sheet));
  readonly isDirty = $derived.by(() => this.changes.length > 0 || this.fault !== null);

  get sheet(): Fields {
    return this.#sheet;
  }

  get saved(): SavedSheet {
    return this.#saved;
  }

  /** A draft of an earlier visit, until it is taken up or thrown away. */
  get found(): SheetDraft | null {
    return this.#found;
  }

  /** When the draft was last kept on this device, ISO 8601. */
  get keptAt(): string | null {
    return this.#keptAt;
  }

  /** Whether somebody has saved another sheet since this one was begun. */
  get isBehind(): boolean {
    return this.#isBehind;
  }

  /** What has just been done, for those who do not see it. */
  get said(): string {
    return this.#said;
  }

  valueAt(path: SheetPath): unknown {
    return valueAt(this.#sheet, path);
  }

  set(path: SheetPath, value: unknown): void {
    this.#change(withValue(this.#sheet, path, value));
  }

  insert(list: SheetPath, index: number, value: unknown): void {
    this.set(list, listOf(this.valueAt(list)).toSpliced(index, 0, value));
  }

  /** Moves an entry of a list to another place; out of the list there is none. */
  move(list: SheetPath, from: number, to: number): boolean {
    const items = listOf(this.valueAt(list));
    if (to < 0 || to >= items.length) return false;
    this.set(list, items.toSpliced(from, 1).toSpliced(to, 0, items[from]));
    this.#said = `Moved to place ${to + 1} of ${items.length}`;
    return true;
  }

  /** Takes an entry or a field out; of a field, `rest` stays. It can be put back. */
  remove(path: SheetPath, rest?: unknown): void {
    const words = placeWords(this.fields, path).join(', ');
    this.#change(this.removals.remove(this.#sheet, { path, words, rest }));
    this.checks.leave(pathText(path.slice(0, -1)));
    this.#said = `${words} removed`;
  }

  /** Where it stands again. */
  undo(): SheetPath | null {
    const back = this.removals.putBack(this.#sheet);
    if (back === null) return null;
    this.#change(back.sheet);
    this.#said = `${placeWords(this.fields, back.path).join(', ')} is back`;
    return back.path;
  }

  /** Makes a field as it was saved. */
  revert(path: SheetPath): void {
    this.set(path, valueAt(this.#saved.sheet, path));
    this.#said = `${placeWords(this.fields, path).join(', ')} is as it was saved`;
  }

  /** Once the source can be read, the form shows what it says. */
  typeSource(text: string): void {
    const read = readSource(text);
    if (read.ok) this.#change(read.sheet);
    this.#typed = text;
    this.#keepSoon();
  }

  /** Writes the source anew from the sheet as it was last readable. */
  dropSource(): void {
    this.#typed = null;
    this.#keepSoon();
  }

  /** Somebody has come to a place and gone on. */
  leave(path: SheetPath): void {
    this.checks.leave(pathText(path));
  }

  /** Asks the server now and shows everything it says; whether there is nothing to mend. */
  async check(): Promise<boolean> {
    this.checks.showAll();
    await this.#checkNow();
    return this.checks.firstPlace === null;
  }

  /** What the server said when it was to save. */
  refuse(answer: SheetAnswer): void {
    this.#forgetCheck();
    this.#asked += 1;
    this.checks.take(answer);
    this.checks.showAll();
    if (answer.reason === 'character/changed') this.#isBehind = true;
  }

  /** Looks for a draft of an earlier visit. Browser only. */
  look(): void {
    const draft = this.#ports.shelf.read();
    if (draft === null) return;
    const isNews = draft.typed !== null || !isSame(draft.sheet, this.#saved.sheet);
    if (isNews) this.#found = draft;
    else this.#ports.shelf.clear();
  }

  /** Goes on with the draft that was found, as a change of what it was a change of. */
  restore(): void {
    const draft = this.#found;
    if (draft === null) return;
    this.#found = null;
    this.#isBehind = draft.saved.revision !== this.#saved.revision;
    this.#saved = draft.saved;
    this.#change(draft.sheet);
    this.#typed = draft.typed;
  }

  discardFound(): void {
    this.#found = null;
    if (!this.isDirty) this.#ports.shelf.clear();
  }

  /** Makes this a change of what others have saved in the meantime. What only they have changed is taken from them. */
  mergeWith(latest: SavedSheet): void {
    const merged = mergeSheets({ base: this.#saved.sheet, mine: this.#sheet, theirs: latest.sheet });
    this.#saved = latest;
    this.#isBehind = false;
    this.checks.clear();
    this.removals.clear();
    this.#change(merged);
  }

  /** Throws away what is not saved, here and on this device. */
  startOver(latest: SavedSheet = this.#saved): void {
    this.#saved = latest;
    this.#sheet = latest.sheet;
    this.#typed = null;
    this.#found = null;
    this.#isBehind = false;
    this.removals.clear();
    this.checks.clear();
    this.forgetDraft();
  }

  /** Keeps the draft at once, as when the page goes away. */
  keepNow(): void {
    this.#forgetKeeping();
    if (this.isDirty) {
      const at = this.#ports.now().toISOString();
      const typed = this.fault === null ? null : this.#typed;
      const isKept = this.#ports.shelf.write({ sheet: this.#sheet, typed, saved: this.#saved, at });
      this.#keptAt = isKept ? at : null;
    } else if (this.#found === null) {
      this.forgetDraft();
    }
  }

  /** What was written has been saved, or is not wanted. */
  forgetDraft(): void {
    this.#forgetKeeping();
    this.#forgetCheck();
    this.#keptAt = null;
    this.#ports.shelf.clear();
  }

  #change(next: unknown): void {
    if (!isFields(next)) return;
    this.#sheet = next;
    this.#typed = null;
    this.#keepSoon();
    this.#forgetCheck();
    this.#forgetCheck = this.#ports.scheduler.after(CHECK_AFTER_MS, () => void this.#checkNow());
  }

  #keepSoon(): void {
    this.#forgetKeeping();
    this.#forgetKeeping = this.#ports.scheduler.after(KEEP_AFTER_MS, () => this.keepNow());
  }

  async #checkNow(): Promise<void> {
    this.#forgetCheck();
    const sheet = this.#sheet;
    this.#asked += 1;
    const asked = this.#asked;
    const answer = await this.#ports.check(JSON.stringify(sheet));
    // What is said of a sheet that has changed since is said again of the new one.
    const isLatest = asked === this.#asked && sheet === this.#sheet;
    if (answer !== null && isLatest) this.checks.take(answer);
  }
}
