import { z } from 'zod';
import { characterSheetSchema } from './character.schema.ts';

/** How a sheet goes without a field: not at all, by leaving it out, or by saying null. */
export type Absence = 'never' | 'left-out' | 'null';

interface AboutField {
  /** What people call it; `null` where the name of the field says enough. */
  readonly title: string | null;
  /** What belongs there, in a sentence; `null` where the schema says nothing. */
  readonly help: string | null;
  readonly absence: Absence;
}

export interface TextField extends AboutField {
  readonly kind: 'text';
  /** In UTF-16 units. */
  readonly most: number;
  readonly mayBeEmpty: boolean;
}

export interface FlagField extends AboutField {
  readonly kind: 'flag';
}

/** One of the options. */
export interface ChoiceField extends AboutField {
  readonly kind: 'choice';
  readonly options: readonly string[];
}

/** Some of the options, each at most once. */
export interface ChoicesField extends AboutField {
  readonly kind: 'choices';
  readonly options: readonly string[];
}

export interface ListField extends AboutField {
  readonly kind: 'list';
  readonly item: SheetField;
  readonly least: number;
  readonly most: number;
}

export interface GroupField extends AboutField {
  readonly kind: 'group';
  /** In the order in which a sheet is written. */
  readonly fields: readonly NamedField[];
}

export interface NamedField {
  readonly name: string;
  readonly field: SheetField;
}

/** What can stand in one place of a sheet: as much of its schema as somebody who fills it in has to know. */
export type SheetField = TextField | FlagField | ChoiceField | ChoicesField | ListField | GroupField;

/** Everything that a character sheet can say, as a form. */
export function characterSheetFields(): GroupField {
  return groupOf(characterSheetSchema, aboutOf(characterSheetSchema, 'never'));
}

function aboutOf(schema: z.ZodType, absence: Absence): AboutField {
  const { title = null, description: help = null } = schema.meta() ?? {};
  return { title, help, absence };
}

/** What is said of a wrapped field is said outside or inside; what is outside is nearer to its place. */
function wrapped(outer: z.ZodType, inner: unknown, absence: Absence): SheetField {
  const field = fieldOf(inner);
  const { title, help } = aboutOf(outer, absence);
  return { ...field, title: title ?? field.title, help: help ?? field.help, absence };
}

/** Throws for kinds of fields that no sheet has had so far: whoever brings one decides how it is filled in. */
export function fieldOf(schema: unknown): SheetField {
  if (schema instanceof z.ZodOptional) return wrapped(schema, schema.unwrap(), 'left-out');
  if (schema instanceof z.ZodNullable) return wrapped(schema, schema.unwrap(), 'null');
  if (!(schema instanceof z.ZodType)) throw new TypeError('This is no schema.');
  const about = aboutOf(schema, 'never');
  if (schema instanceof z.ZodString) return textOf(schema, about);
  if (schema instanceof z.ZodBoolean) return { kind: 'flag', ...about };
  if (schema instanceof z.ZodEnum) return { kind: 'choice', ...about, options: schema.options.map(String) };
  if (schema instanceof z.ZodArray) return listOf(schema, about);
  if (schema instanceof z.ZodObject) return groupOf(schema, about);
  throw new TypeError(`A form cannot ask for ${schema.def.type}.`);
}

function textOf(schema: z.ZodString, about: AboutField): TextField {
  const { maxLength: most } = schema;
  if (most === null) throw new TypeError('Every text of a sheet has a bound.');
  return { kind: 'text', ...about, most, mayBeEmpty: schema.safeParse('').success };
}

const boundsSchema = z.object({ minItems: z.int().default(0), maxItems: z.int() });

function listOf(schema: z.ZodArray, about: AboutField): ListField | ChoicesField {
  const item = fieldOf(schema.element);
  if (item.kind === 'choice') return { kind: 'choices', ...about, options: item.options };
  // A schema tells its bounds only to those who read it as JSON Schema.
  const { minItems: least, maxItems: most } = boundsSchema.parse(z.toJSONSchema(schema, { io: 'input' }));
  return { kind: 'list', ...about, item, least, most };
}

function groupOf(schema: z.ZodObject, about: AboutField): GroupField {
  const fields = Object.entries(schema.shape).map(([name, inner]) => ({ name, field: fieldOf(inner) }));
  return { kind: 'group', ...about, fields };
}
