import { LRUCache } from 'lru-cache';
import { LineCounter, parseDocument, visit } from 'yaml';
import type { Document, YAMLError } from 'yaml';
import type { z } from 'zod';
import { deepFreeze } from '../deepFreeze.ts';
import { formatPath } from './problem.ts';
import type { CatalogProblem, Position, ValuePath } from './problem.ts';
import { schemaProblems } from './schemaProblems.ts';
import { fileProblem, readTextFile } from './textFile.ts';
import { positionAt, positionIn } from './yamlPosition.ts';

/** Data files are written by people: a bigger one is a mistake, or meant to hurt. */
export const MAX_FILE_BYTES = 256 * 1024;

/** Aliases multiply when they are nested; a sheet has no use for more than a few. */
const MAX_ALIASES = 50;

/** A file's value, or everything that is wrong with it. */
export type YamlResult<T> =
  | { readonly ok: true; readonly value: T; readonly positionOf: (path: ValuePath) => Position }
  | { readonly ok: false; readonly problems: readonly CatalogProblem[] };

/** A file's data as it stands there; frozen, and the same object for the same text as long as it is kept. */
export interface YamlData {
  readonly ok: true;
  readonly data: unknown;
  readonly positionOf: (path: ValuePath) => Position;
}

/** A file's data, or why it cannot be read. */
export type YamlDocument = YamlData | { readonly ok: false; readonly problems: readonly CatalogProblem[] };

/** What a YAML text has to satisfy, and the name it goes by in problems. */
export interface YamlExpectation<T> {
  readonly file: string;
  readonly schema: z.ZodType<T>;
}

const SYNTAX_FIXES: Readonly<Partial<Record<YAMLError['code'], string>>> = {
  DUPLICATE_KEY: 'Keep one of the two.',
  MULTIPLE_DOCS: 'Keep one document per file; remove the "---" lines.',
  TAB_AS_INDENT: 'Indent with spaces.',
  BAD_INDENT: 'Line it up with its neighbours.',
  TAG_RESOLVE_FAILED: 'Remove the tag (the word that starts with "!"); only plain values are read.',
  BLOCK_AS_IMPLICIT_KEY: 'Put the text in quotes if it contains ": ".',
  MULTILINE_IMPLICIT_KEY: 'Put the text in quotes if it contains ": ".',
};

function syntaxProblem(file: string, lines: LineCounter, error: YAMLError): CatalogProblem {
  return {
    ...fileProblem(file, 'yaml/syntax', {
      message: `is not readable as YAML: ${error.message.replace(/\.$/, '')}`,
      fix: SYNTAX_FIXES[error.code] ?? 'Check the indentation, quotes and brackets on this line.',
    }),
    ...positionAt(lines, error.pos[0]),
  };
}

/** Plain data only: no tags beyond those of JSON, no merge keys, no key twice. Never throws. */
function readDocument(
  text: string,
  file: string,
  lines: LineCounter,
): Document.Parsed | readonly CatalogProblem[] {
  try {
    const document = parseDocument(text, {
      lineCounter: lines,
      prettyErrors: false,
      schema: 'core',
      resolveKnownTags: false,
      stringKeys: true,
      uniqueKeys: true,
      merge: false,
    });
    const faults = [...document.errors, ...document.warnings];
    const problems = [
      ...faults.map((fault) => syntaxProblem(file, lines, fault)),
      ...aliasProblems(document, file, lines),
    ];
    return problems.length === 0 ? document : problems;
  } catch {
    // Deep nesting ends in a RangeError from the parser's recursion.
    const words = { message: 'is nested too deeply to be read', fix: 'Flatten it.' };
    return [fileProblem(file, 'yaml/too-deep', words)];
  }
}

/** One pass in document order: asking each alias to find its anchor would take quadratic time. */
function aliasProblems(
  document: Document.Parsed,
  file: string,
  lines: LineCounter,
): readonly CatalogProblem[] {
  const problems: CatalogProblem[] = [];
  const anchors = new Set<string>();
  visit(document, {
    Value(_key, { anchor }) {
      if (anchor !== undefined) anchors.add(anchor);
    },
    Alias(_key, { source, range }) {
      if (anchors.has(source)) return;
      const words = {
        message: `refers to *${source}, which is not defined above`,
        fix: 'Write the value out.',
      };
      problems.push({
        ...fileProblem(file, 'yaml/unknown-alias', words),
        ...positionAt(lines, range?.[0] ?? 0),
      });
    },
  });
  return problems;
}

function toPlainData(document: Document.Parsed): { readonly data: unknown } | null {
  try {
    return { data: document.toJS({ maxAliasCount: MAX_ALIASES }) };
  } catch {
    return null;
  }
}

function readText(text: string, file: string): YamlDocument {
  const lines = new LineCounter();
  const document = readDocument(text, file, lines);
  if (!('contents' in document)) return { ok: false, problems: document };
  const plain = toPlainData(document);
  if (plain === null) {
    const words = { message: 'repeats itself through too many aliases', fix: 'Write the values out.' };
    return { ok: false, problems: [fileProblem(file, 'yaml/too-many-aliases', words)] };
  }
  if (plain.data === null || plain.data === undefined) {
    const words = { message: 'is empty', fix: 'Fill it in or remove it.' };
    return { ok: false, problems: [fileProblem(file, 'yaml/empty', words)] };
  }
  return { ok: true, data: deepFreeze(plain.data), positionOf: (path) => positionIn(document, lines, path) };
}

/** In characters of their texts; what is kept of one takes some twenty times as much. */
const MOST_KEPT = 1_000_000;

/**
 * What texts were read as. Files are read again whenever somebody looks at what there is, and have hardly ever changed;
 * reading one takes milliseconds in which nobody is served. It depends on the text and its name alone, and what it gives
 * cannot be changed: nobody can tell whether it was read now or before.
 */
const kept = new LRUCache<string, YamlDocument>({
  maxSize: MOST_KEPT,
  sizeCalculation: (_document, key) => key.length,
});

/** The data of a YAML text (or of JSON, which is YAML), before any schema; frozen. Never throws. */
export function parseYamlDocument(text: string, file: string): YamlDocument {
  const key = `${file}\n${text}`;
  const known = kept.get(key);
  if (known !== undefined) return known;
  const document = readText(text, file);
  kept.set(key, document);
  return document;
}

/** Reads YAML (or JSON, which is YAML) and checks it against a schema. Reports all problems at once; never throws. */
export function parseYaml<T>(text: string, { file, schema }: YamlExpectation<T>): YamlResult<T> {
  const document = parseYamlDocument(text, file);
  if (!document.ok) return document;
  const { data, positionOf } = document;
  const result = schema.safeParse(data);
  if (result.success) return { ok: true, value: result.data, positionOf };
  const problems = schemaProblems(schema, data, result.error).map(({ path, ...words }): CatalogProblem => ({
    severity: 'error',
    file,
    path: formatPath(path),
    ...positionOf(path),
    ...words,
  }));
  return { ok: false, problems };
}

/** As `parseYaml`, from a file of at most `MAX_FILE_BYTES` in UTF-8. Problems of reading are problems too. */
export async function readYamlFile<T>(file: string, schema: z.ZodType<T>): Promise<YamlResult<T>> {
  const read = await readTextFile(file, MAX_FILE_BYTES);
  return read.ok ? parseYaml(read.text, { file, schema }) : { ok: false, problems: [read.problem] };
}

/** As `parseYamlDocument`, from a file of at most `MAX_FILE_BYTES` in UTF-8. */
export async function readYamlDocument(file: string): Promise<YamlDocument> {
  const read = await readTextFile(file, MAX_FILE_BYTES);
  return read.ok ? parseYamlDocument(read.text, file) : { ok: false, problems: [read.problem] };
}
