import type { CharacterSheet, GroupField, SheetField, TextField } from '@dcs/api';
import { isFields, listOf, pathText } from './sheetPath.ts';
import type { Fields, SheetPath } from './sheetPath.ts';
import { fieldWords } from './sheetWords.ts';

/** What a field is called. */
export function titleOf(name: string, field: SheetField): string {
  return field.title ?? fieldWords(name);
}

/** What is longer than this at most is written over several lines. */
const MOST_LINE = 120;

export const isOneLine = ({ most }: TextField): boolean => most <= MOST_LINE;

/** The field of a group with this name; `null` where the schema has none. */
export function fieldNamed(group: GroupField, name: string): SheetField | null {
  return group.fields.find((named) => named.name === name)?.field ?? null;
}

/** What is called what on the way to a place: `['Scenarios 2', 'Name']`. Empty for the sheet as a whole. */
export function placeWords(root: GroupField, path: SheetPath): readonly string[] {
  const words: string[] = [];
  let field: SheetField | null = root;
  for (const step of path) {
    if (typeof step === 'number') {
      words.push(`${words.pop() ?? ''} ${step + 1}`.trim());
      field = field?.kind === 'list' ? field.item : null;
    } else {
      field = field?.kind === 'group' ? fieldNamed(field, step) : null;
      words.push(field === null ? step : titleOf(step, field));
    }
  }
  return words;
}

/** Where filling in begins. A choice that nobody has made is not there: an answer that was not given would read as one. */
export function blankOf(field: SheetField): unknown {
  switch (field.kind) {
    case 'text':
      return '';
    case 'flag':
      return false;
    case 'choice':
      return undefined;
    case 'choices':
      return [];
    case 'list':
      return field.least === 0 ? [] : [blankOf(field.item)];
    default:
      return Object.fromEntries(
        field.fields
          .map(({ name, field: inner }): [string, unknown] => [name, blankIn(inner)])
          .filter(([, value]) => value !== undefined),
      );
  }
}

function blankIn(field: SheetField): unknown {
  if (field.absence === 'left-out') return undefined;
  return field.absence === 'null' ? null : blankOf(field);
}

/** Whether a control for this field can show the value; nothing at all is shown as an empty control. */
export function fits(field: SheetField, value: unknown): boolean {
  if (value === undefined || (value === null && field.absence === 'null')) return true;
  switch (field.kind) {
    case 'text':
    case 'choice':
      return typeof value === 'string';
    case 'flag':
      return typeof value === 'boolean';
    case 'choices':
    case 'list':
      return Array.isArray(value);
    default:
      return isFields(value);
  }
}

/** Names in a group of a sheet that its schema does not know. */
export function unknownNames(group: GroupField, value: unknown): readonly string[] {
  if (!isFields(value)) return [];
  return Object.keys(value).filter((name) => fieldNamed(group, name) === null);
}

/** Every place of a sheet that has a control on the form, as text. */
export function placesOf(field: SheetField, value: unknown, path: SheetPath = []): readonly string[] {
  const own = pathText(path);
  if (!fits(field, value) || value === null) return [own];
  if (field.kind === 'list') {
    const items = listOf(value);
    return [own, ...items.flatMap((item, index) => placesOf(field.item, item, [...path, index]))];
  }
  if (field.kind !== 'group' || (value === undefined && field.absence !== 'never')) return [own];
  const fields: Fields = isFields(value) ? value : {};
  return [
    own,
    ...field.fields.flatMap(({ name, field: inner }) => placesOf(inner, fields[name], [...path, name])),
    ...unknownNames(field, value).map((name) => pathText([...path, name])),
  ];
}

/** A value in the order in which its schema has the fields, and what the schema does not know behind them. */
export function inOrder(field: SheetField, value: unknown): unknown {
  if (field.kind === 'list' && Array.isArray(value)) return value.map((item) => inOrder(field.item, item));
  if (field.kind !== 'group' || !isFields(value)) return value;
  const known = field.fields
    .filter(({ name }) => Object.hasOwn(value, name))
    .map(({ name, field: inner }) => [name, inOrder(inner, value[name])]);
  const others = unknownNames(field, value).map((name) => [name, value[name]]);
  return Object.fromEntries([...known, ...others]);
}

/** What can be shown of a value that is not finished: gaps are blank, and what does not fit is left out. */
function shown(field: SheetField, value: unknown): unknown {
  const isThere = value !== undefined && value !== null && fits(field, value);
  if (!isThere && field.absence !== 'never') return field.absence === 'null' ? null : undefined;
  if (field.kind === 'list') {
    const items = isThere ? listOf(value).map((item) => shown(field.item, item)) : [];
    return items.filter((item) => item !== '');
  }
  if (field.kind !== 'group') return isThere ? value : (blankOf(field) ?? '');
  const fields = isThere && isFields(value) ? value : {};
  return Object.fromEntries(field.fields.map(({ name, field: inner }) => [name, shown(inner, fields[name])]));
}

/** A sheet as far as it is written, in the form of a whole one, to be looked at. */
export function previewOf(root: GroupField, sheet: Fields): CharacterSheet {
  return shown(root, sheet) as CharacterSheet;
}
