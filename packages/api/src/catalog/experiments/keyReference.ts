import { experimentSchema } from '@dcs/engine';
import { z } from 'zod';

/* The list of all keys of an experiment, as Markdown, made of the schema so that it cannot say anything else. */

const describedSchema = z.looseObject({
  type: z.string().optional(),
  description: z.string().optional(),
  default: z.unknown().optional(),
  enum: z.array(z.union([z.string(), z.number()])).optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
  required: z.array(z.string()).optional(),
  items: z.unknown().optional(),
  anyOf: z.array(z.unknown()).optional(),
  additionalProperties: z.unknown().optional(),
  propertyNames: z.unknown().optional(),
  minimum: z.number().optional(),
  exclusiveMinimum: z.number().optional(),
  maximum: z.number().optional(),
  maxLength: z.number().optional(),
  minItems: z.number().optional(),
  maxItems: z.number().optional(),
  format: z.string().optional(),
});
type Described = z.infer<typeof describedSchema>;

const described = (schema: unknown): Described => describedSchema.parse(schema);
const code = (text: string): string => `\`${text}\``;
const grouped = (number: number): string => number.toLocaleString('en-US');

function numberText({ type, minimum, exclusiveMinimum, maximum }: Described): string {
  const noun = type === 'integer' ? 'whole number' : 'number';
  const isOpen = maximum === undefined || maximum === Number.MAX_SAFE_INTEGER;
  if (isOpen && exclusiveMinimum === undefined) return minimum === 0 ? `${noun}, 0 or more` : noun;
  const from = exclusiveMinimum === undefined ? grouped(minimum ?? 0) : `above ${grouped(exclusiveMinimum)}`;
  return `${noun}, ${from}${isOpen ? '' : ` to ${grouped(maximum)}`}`;
}

function listText({ items, minItems = 0, maxItems }: Described): string {
  if (Array.isArray(items)) return `list of ${items.length}`;
  const many = maxItems === undefined ? '' : ` ${minItems} to ${maxItems}`;
  return `list of${many}: ${valueText(described(items))}`;
}

/** What may stand at a key, in words. */
function valueText(field: Described): string {
  if (field.enum !== undefined) return field.enum.map((value) => code(String(value))).join(', ');
  if (field.anyOf !== undefined)
    return [...new Set(field.anyOf.map((one) => valueText(described(one))))].join('; or ');
  switch (field.type) {
    case 'boolean':
      return `${code('true')}, ${code('false')}`;
    case 'integer':
    case 'number':
      return numberText(field);
    case 'array':
      return listText(field);
    case 'object':
      return field.propertyNames === undefined || described(field.propertyNames).enum === undefined
        ? 'group'
        : `group of ${valueText(described(field.propertyNames))}`;
    case 'string':
      if (field.format === 'date-time') return 'time with its zone';
      return field.maxLength === undefined ? 'text' : `text, up to ${grouped(field.maxLength)} characters`;
    default:
      return 'anything';
  }
}

function defaultText(field: Described, isRequired: boolean): string {
  if (isRequired) return 'required';
  const { default: value } = field;
  if (value === undefined || field.properties !== undefined) return '–';
  return code(JSON.stringify(value).replace(/^"(.+)"$/, '$1'));
}

type Row = readonly string[];

function tableOf(rows: readonly Row[]): string {
  const [head = []] = rows;
  const cell = (text: string): string => text.replaceAll('|', String.raw`\|`);
  const widths = head.map((_title, column) => Math.max(...rows.map((row) => cell(row[column] ?? '').length)));
  const line = (row: Row): string =>
    `| ${row.map((text, column) => cell(text).padEnd(widths[column] ?? 0)).join(' | ')} |`;
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
  return [line(head), rule, ...rows.slice(1).map(line)].join('\n');
}

interface Section {
  readonly path: string;
  readonly schema: Described;
}

/** The groups within a group, each with the path by which one gets there. */
function sectionsIn({ path, schema }: Section): readonly Section[] {
  return Object.entries(schema.properties ?? {}).flatMap(([key, value]): readonly Section[] => {
    const field = described(value);
    const isList = field.items !== undefined && !Array.isArray(field.items);
    const inner: Section = {
      path: `${path === '' ? '' : `${path}.`}${key}${isList ? '[]' : ''}`,
      schema: isList ? described(field.items) : field,
    };
    return inner.schema.properties === undefined ? [] : [inner, ...sectionsIn(inner)];
  });
}

function sectionTable(schema: Described): string {
  const rows = Object.entries(schema.properties ?? {}).map(([key, value]): Row => {
    const field = described(value);
    const isRequired = schema.required?.includes(key) === true;
    return [code(key), defaultText(field, isRequired), valueText(field), field.description ?? ''];
  });
  return tableOf([['key', 'default', 'what may stand there', 'meaning'], ...rows]);
}

/** Groups with the same keys share a table. */
function sectionTexts(sections: readonly Section[]): readonly string[] {
  const byTable = Map.groupBy(sections, ({ schema }) => sectionTable(schema));
  return [...byTable].map(([table, same]) => {
    const title = same.map(({ path }) => (path === '' ? 'At the top' : code(path))).join(', ');
    return `## ${title}\n\n${table}`;
  });
}

const INTRODUCTION = `# Keys of an experiment

All of them, with what counts where nothing is said. Made of the schema in \`packages/engine/src/experiments\`: change that, and run
the tests of \`packages/api/src/catalog\` with \`-u\`. What to do with the keys is told in [experiments.md](experiments.md).`;

/** The text of \`docs/experiment-keys.md\`. */
export function keyReference(): string {
  const schema = described(
    z.toJSONSchema(experimentSchema, { io: 'input', unrepresentable: 'any', target: 'draft-7' }),
  );
  const top: Section = { path: '', schema };
  return `${[INTRODUCTION, ...sectionTexts([top, ...sectionsIn(top)])].join('\n\n')}\n`;
}
