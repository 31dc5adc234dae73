import { z } from 'zod';

export const MANIFEST_FILE = 'manifest.json';
/** Raised when a reader of an older export would misread a newer one. */
export const EXPORT_SCHEMA_VERSION = 2;

const hashSchema = z.string().regex(/^[0-9a-f]{64}$/);
const fileNameSchema = z
  .string()
  .max(120)
  .regex(/^[a-z][a-z0-9_]*\.(csv|jsonl|json|md)$/);

/** What an export is, and by what its files are recognised. */
export const manifestSchema = z.strictObject({
  format: z.literal('dcs-export'),
  schemaVersion: z.union([z.literal(1), z.literal(EXPORT_SCHEMA_VERSION)]),
  experiment: z.string().max(120),
  exportedAt: z.iso.datetime(),
  engineVersion: z.string().max(60),
  /** Whether it holds who participants are. */
  personal: z.boolean(),
  asOf: z.strictObject({
    /** The number of the last event of the experiment's log; of each session it stands in the table sessions. */
    experimentSeq: z.int().min(1),
    sessions: z.int().min(0),
  }),
  /** In the order in which they came into force for the first time; the last event of the log tells which one holds. */
  revisions: z
    .array(
      z.strictObject({
        /** SHA-256, in hexadecimal, of the canonical JSON of `{"config": …, "dependencies": …}`. */
        revision: hashSchema,
        at: z.iso.datetime(),
        config: z.record(z.string(), z.json()),
        /**
         * Files of games and revisions of sheets; `null` of what was put in force before they were kept, and absent in
         * version 1. The revision is then of the configuration alone.
         */
        dependencies: z.record(z.string(), z.json()).nullable().default(null),
      }),
    )
    .min(1),
  /** The revision in force at the end. */
  revision: hashSchema,
  tables: z.array(z.strictObject({ name: z.string().max(100), rows: z.int().min(0) })),
  /** All files but this one. */
  files: z.array(z.strictObject({ name: fileNameSchema, bytes: z.int().min(0), sha256: hashSchema })),
});
export type Manifest = z.infer<typeof manifestSchema>;
