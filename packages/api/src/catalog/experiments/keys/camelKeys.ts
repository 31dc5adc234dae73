import { experimentSchema } from '@dcs/engine';
import { z } from 'zod';
import type { Traced } from './traced.ts';
import { camelCased } from './words.ts';

const describedSchema = z.looseObject({
  properties: z.record(z.string(), z.unknown()).optional(),
  items: z.unknown().optional(),
});

const described: unknown = z.toJSONSchema(experimentSchema, {
  io: 'input',
  unrepresentable: 'any',
  reused: 'inline',
});

/** Renames keys in snake_case to those that the schema knows at their place. Keys that are already there stay. */
function renameKeys(node: Traced, schema: unknown): void {
  const here = describedSchema.safeParse(schema);
  if (!here.success) return;
  const { properties = {}, items } = here.data;
  if (node.kind === 'list') {
    for (const item of node.items) renameKeys(item, items);
  } else if (node.kind === 'group') {
    const renamed = [...node.fields].map(([key, field]) => {
      const ours = camelCased(key);
      const isMeant = !Object.hasOwn(properties, key) && Object.hasOwn(properties, ours);
      return { key: isMeant && !node.fields.has(ours) ? ours : key, field };
    });
    node.fields.clear();
    for (const { key, field } of renamed) {
      node.fields.set(key, field);
      renameKeys(field, properties[key]);
    }
  }
}

/** Takes the keys of an experiment in snake_case as well. */
export function camelKeys(root: Traced): void {
  renameKeys(root, described);
}

/** The names of the fields of an experiment. */
export const fieldsOfExperiment = (): readonly string[] =>
  Object.keys(describedSchema.parse(described).properties ?? {});

/** The names of the fields of a section of an experiment. */
export function fieldsOfSection(section: string): readonly string[] {
  const top = describedSchema.parse(described);
  const inner = describedSchema.safeParse(top.properties?.[section]);
  return inner.success ? Object.keys(inner.data.properties ?? {}) : [];
}
