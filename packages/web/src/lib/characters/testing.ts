import type { GroupField, SheetField, TextField } from '@dcs/api';

const plain = { title: null, help: null, absence: 'never' } as const;

export const text = (over: Partial<TextField> = {}): TextField => ({
  kind: 'text',
  ...plain,
  most: 100,
  mayBeEmpty: false,
  ...over,
});

export function list(item: SheetField, over: Partial<SheetField> = {}): SheetField {
  return { kind: 'list', ...plain, item, least: 0, most: 10, ...over } as SheetField;
}

export function group(
  fields: Readonly<Record<string, SheetField>>,
  over: Partial<Pick<GroupField, 'title' | 'help' | 'absence'>> = {},
): GroupField {
  const named = Object.entries(fields).map(([name, field]) => ({ name, field }));
  return { kind: 'group', ...plain, fields: named, ...over };
}

/** A small sheet with one field of every kind. */
export const FORM: GroupField = group({
  hid: text({ title: 'Handle' }),
  name: text({ absence: 'left-out' }),
  isHuman: { kind: 'flag', ...plain },
  goals: list(text(), { least: 1 }),
  scenarios: list(group({ name: text(), pleasantIf: list(text()) })),
  senses: group(
    { vision: group({ acuity: { kind: 'choice', ...plain, options: ['none', 'normal', 'keen'] } }) },
    { absence: 'left-out' },
  ),
  dimensions: group(
    { size: group({ value: { kind: 'choices', ...plain, options: ['small', 'large'] } }) },
    { absence: 'null' },
  ),
});

/** A sheet of that form. */
export const SHEET = {
  hid: 'OAK',
  isHuman: false,
  goals: ['light', 'rain'],
  scenarios: [{ name: 'A storm', pleasantIf: ['roots hold'] }],
  dimensions: null,
};
