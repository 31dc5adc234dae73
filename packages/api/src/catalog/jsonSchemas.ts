import { characterSheetSchema, experimentSchema, gameFileSchema } from '@dcs/engine';
import { z } from 'zod';

/** A JSON Schema file that editors use to complete and check data files. */
export interface EditorSchema {
  /** What a file of its kind is, such as `experiment`. */
  readonly name: string;
  /** Path from the root of the repository. */
  readonly path: string;
  readonly text: string;
}

interface DataFile {
  readonly name: string;
  readonly folder: string;
  readonly title: string;
}

function editorSchema({ name, folder, title }: DataFile, schema: z.ZodType): EditorSchema {
  const json = z.toJSONSchema(schema, { io: 'input', target: 'draft-7' });
  const path = `${folder}/${name}.schema.json`;
  return { name, path, text: `${JSON.stringify({ title, ...json }, null, 2)}\n` };
}

/** The schema files that the repository keeps; a test fails when they drift from the zod schemas. */
export function editorSchemas(): readonly EditorSchema[] {
  return [
    editorSchema({ name: 'character', folder: 'seeds', title: 'Character sheet' }, characterSheetSchema),
    editorSchema({ name: 'game', folder: 'games', title: 'Game file' }, gameFileSchema),
    editorSchema({ name: 'experiment', folder: 'experiments', title: 'Experiment' }, experimentSchema),
  ];
}
