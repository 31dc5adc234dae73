import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { characterSheetSchema } from './character.schema.ts';
import { DIMENSIONS } from './dimensions.schema.ts';
import { characterSheetFields, fieldOf } from './sheetFields.ts';
import type { NamedField, SheetField } from './sheetFields.ts';

interface Described {
  readonly properties?: Readonly<Record<string, Described>>;
  readonly items?: Described;
  readonly anyOf?: readonly Described[];
  readonly enum?: readonly string[];
}

/** Every place of the schema, as JSON Schema tells it: `scenarios[].name`. */
function describedPaths(schema: Described, path = ''): string[] {
  const inner = Object.entries(schema.properties ?? {}).flatMap(([name, property]) =>
    describedPaths(property, path === '' ? name : `${path}.${name}`),
  );
  const items = schema.items?.enum === undefined ? schema.items : undefined;
  return [
    ...(path === '' ? [] : [path]),
    ...inner,
    ...(items === undefined ? [] : describedPaths(items, `${path}[]`)),
    ...(schema.anyOf ?? []).flatMap((option) => describedPaths(option, path)),
  ];
}

function fieldPaths(field: SheetField, path = ''): string[] {
  const own = path === '' ? [] : [path];
  if (field.kind === 'list') return [...own, ...fieldPaths(field.item, `${path}[]`)];
  if (field.kind !== 'group') return own;
  return [
    ...own,
    ...field.fields.flatMap(({ name, field: inner }) =>
      fieldPaths(inner, path === '' ? name : `${path}.${name}`),
    ),
  ];
}

function fieldAt(...names: readonly string[]): SheetField {
  let field: SheetField = characterSheetFields();
  for (const name of names) {
    const fields: readonly NamedField[] = field.kind === 'group' ? field.fields : [];
    const named = fields.find((inner) => inner.name === name);
    if (named === undefined) throw new Error(`There is no ${name}.`);
    field = named.field;
  }
  return field;
}

describe('the fields of a sheet', () => {
  it('are all that its schema has, at every depth', () => {
    const schema = z.toJSONSchema(characterSheetSchema, { io: 'input', reused: 'inline' }) as Described;
    const paths = new Set(fieldPaths(characterSheetFields()));
    expect(paths).toEqual(new Set(describedPaths(schema)));
    expect(paths).toContain('senses.extra[].cues[]');
    expect(paths).toContain('hsnDivergence.stability.functionalStability.explanation');
  });

  it('know how long a text may be and whether it may be empty', () => {
    expect(fieldAt('shortDescription')).toMatchObject({ kind: 'text', most: 600, mayBeEmpty: false });
    expect(fieldAt('dimensions', 'size', 'explanation')).toMatchObject({ most: 1000, mayBeEmpty: true });
  });

  it('know the bounds of a list and what it is a list of', () => {
    expect(fieldAt('abilities')).toMatchObject({
      kind: 'list',
      least: 1,
      most: 100,
      item: { kind: 'text', most: 600 },
    });
    expect(fieldAt('scenarios')).toMatchObject({ least: 0, most: 50, item: { kind: 'group' } });
  });

  it('offer the options of a closed list, one or several of them', () => {
    expect(fieldAt('manner', 'understands')).toMatchObject({
      kind: 'choice',
      options: ['full', 'partial', 'none'],
    });
    expect(fieldAt('dimensions', 'size', 'value')).toMatchObject({
      kind: 'choices',
      options: DIMENSIONS.size,
    });
  });

  it('know how a sheet goes without them', () => {
    expect(fieldAt('hid').absence).toBe('never');
    expect(fieldAt('manner').absence).toBe('left-out');
    expect(fieldAt('dimensions').absence).toBe('null');
  });

  it('carry the words of the schema', () => {
    expect(fieldAt('hid')).toMatchObject({ title: 'Handle', help: expect.stringContaining('upper-case') });
    expect(fieldAt('manner', 'calledAs').help).toContain('narration');
  });

  it.each([
    ['a kind that no form asks for', z.union([z.string(), z.int()])],
    ['a text without a bound', z.string()],
    ['a list without a bound', z.array(z.boolean())],
    ['no schema', 'text'],
  ])('cannot be made of %s', (_what, schema) => {
    expect(() => fieldOf(schema)).toThrow();
  });
});
