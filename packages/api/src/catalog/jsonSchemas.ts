import { characterSheetSchema, experimentSchema, gameFileSchema } from '@dcs/engine';
import { z } from 'zod';

/** A JSON Schema file that editors use to complete and check data files. */
export interface EditorSchema {
  /** Path from the root of the repository. */
  readonly path: string;
  readonly text: string;
}

function editorSchema(path: string, title: string, schema: z.ZodType): EditorSchema {
  const json = z.toJSONSchema(schema, { io: 'input', target: 'draft-7' });
  return { path, text: `${JSON.stringify({ title, ...json }, null, 2)}\n` };
}

/** The schema files that the repository keeps; a test fails when they drift from the zod schemas. */
export function editorSchemas(): readonly EditorSchema[] {
  return [
    editorSchema('seeds/character.schema.json', 'Character sheet', characterSheetSchema),
    editorSchema('games/game.schema.json', 'Game file', gameFileSchema),
    editorSchema('experiments/experiment.schema.json', 'Experiment', experimentSchema),
  ];
}
