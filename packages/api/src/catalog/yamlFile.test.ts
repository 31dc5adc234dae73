import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { formatProblem } from './problem.ts';
import { MAX_FILE_BYTES, parseYaml, readYamlFile } from './yamlFile.ts';

const schema = z.strictObject({
  name: z.string().min(2).max(5),
  kind: z.enum(['bird', 'fish']),
  count: z.int().min(1).max(9).optional(),
  parts: z.array(z.strictObject({ label: z.string() })).max(2),
});

function problemsOf(text: string): readonly string[] {
  const result = parseYaml(text, { file: 'x.yaml', schema });
  return result.ok ? [] : result.problems.map(formatProblem);
}

function reasonsOf(text: string): readonly string[] {
  const result = parseYaml(text, { file: 'x.yaml', schema });
  return result.ok ? [] : result.problems.map(({ reason, line, column }) => `${reason} ${line}:${column}`);
}

const good = 'name: tern\nkind: bird\nparts:\n  - label: wing\n';

describe('reading YAML against a schema', () => {
  it('gives the value, and the place of each part of it', () => {
    const result = parseYaml(good, { file: 'x.yaml', schema });
    if (!result.ok) throw new Error('expected a value');
    expect(result.value).toEqual({ name: 'tern', kind: 'bird', parts: [{ label: 'wing' }] });
    expect(result.positionOf(['parts', 0, 'label'])).toEqual({ line: 4, column: 5 });
    expect(result.positionOf(['parts', 7, 'label'])).toEqual({ line: 3, column: 1 });
    expect(result.positionOf([])).toEqual({ line: 1, column: 1 });
  });

  it('reads JSON, with tabs and a byte order mark', () => {
    expect(problemsOf('\uFEFF{\n\t"name": "tern",\n\t"kind": "bird",\n\t"parts": []\n}\n')).toEqual([]);
  });

  it('names all problems at once, each with line, column and remedy', () => {
    const text = 'name: ternternt\nkind: brid\ncount: many\nparts:\n  - label: 7\n  - lable: wing\n';
    expect(problemsOf(text)).toEqual([
      'x.yaml:1:1: error name has 9 characters, which is too many. Keep to at most 5 characters.',
      'x.yaml:2:1: error kind is "brid", which is not among the options. Did you mean "bird"? Options: bird, fish.',
      'x.yaml:3:1: error count is "many". Make it a number.',
      'x.yaml:5:5: error parts[0].label is 7. Make it text.',
      'x.yaml:6:5: error parts[1].label is missing. Add some text.',
      'x.yaml:6:5: error parts[1].lable is not a known field. Write label instead.',
    ]);
  });

  it('names the known fields when an unknown one resembles none', () => {
    expect(problemsOf(`${good}weather: fine\n`)).toEqual([
      'x.yaml:5:1: error weather is not a known field. Remove it. Known here: name, kind, count, parts.',
    ]);
  });

  it('points at the enclosing entry when something is missing', () => {
    expect(reasonsOf('name: tern\n')).toEqual(['schema/missing-field 1:1', 'schema/missing-field 1:1']);
    expect(reasonsOf('name: tern\nkind:\nparts: []\n')).toEqual(['schema/unknown-value 2:1']);
  });

  it.each([
    ['an unclosed bracket', 'name: [a, b\n', 'yaml/syntax'],
    ['a tab as indentation', 'name: tern\nparts:\n\t- label: a\n', 'yaml/syntax'],
    ['a key given twice', `${good}name: gull\n`, 'yaml/syntax'],
    ['a second document', `${good}---\n${good}`, 'yaml/syntax'],
    ['a custom tag', 'name: !secret tern\nkind: bird\nparts: []\n', 'yaml/syntax'],
    ['a binary tag', 'name: !!binary aGVsbG8=\nkind: bird\nparts: []\n', 'yaml/syntax'],
    ['an unknown alias', 'name: *tern\nkind: bird\nparts: []\n', 'yaml/unknown-alias'],
    ['a key that is a list', '? [a]\n: b\n', 'yaml/syntax'],
    ['nothing', '', 'yaml/empty'],
    ['comments only', '# nothing\n', 'yaml/empty'],
    ['a lone word', 'tern', 'schema/wrong-type'],
    ['a list', '- tern', 'schema/wrong-type'],
  ])('refuses %s', (_what, text, reason) => {
    const reasons = reasonsOf(text).map((line) => line.split(' ')[0]);
    expect(reasons).toContain(reason);
  });

  it('gives the place of a syntax error', () => {
    expect(reasonsOf(`${good}name: gull\n`)).toEqual(['yaml/syntax 5:1']);
  });

  it('refuses aliases that multiply', () => {
    const levels = ['a: &a [x, x, x, x, x, x, x, x, x]'];
    for (const [from, to] of ['ab', 'bc', 'cd', 'de', 'ef'].map((pair) => [...pair])) {
      levels.push(`${to}: &${to} [${Array.from({ length: 9 }, () => `*${from}`).join(', ')}]`);
    }
    expect(reasonsOf(levels.join('\n'))).toEqual(['yaml/too-many-aliases 1:1']);
  });

  it('takes an alias or two', () => {
    expect(problemsOf('name: tern\nkind: bird\nparts: [&part { label: wing }, *part]\n')).toEqual([]);
  });

  it('survives nesting without end', () => {
    expect(reasonsOf('['.repeat(100_000))).not.toEqual([]);
    expect(reasonsOf(`name: ${'{a: '.repeat(20_000)}`)).not.toEqual([]);
  });

  it('does not let a document reach into prototypes', () => {
    expect(problemsOf(`${good}__proto__:\n  polluted: true\n`)).toHaveLength(1);
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });
});

describe('reading a file', () => {
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dcs-yaml-'));
  });

  afterAll(() => rm(folder, { recursive: true, force: true }));

  async function reasonOf(content: string | Uint8Array): Promise<string | undefined> {
    const file = join(folder, 'file.yaml');
    await writeFile(file, content);
    const result = await readYamlFile(file, schema);
    return result.ok ? undefined : result.problems[0]?.reason;
  }

  it('accepts UTF-8 of any script', async () => {
    expect(await reasonOf('name: 🐙字\nkind: fish\nparts: []\n')).toBeUndefined();
  });

  it('refuses bytes that are not UTF-8', async () => {
    expect(await reasonOf(new Uint8Array([0x6e, 0x3a, 0x20, 0xff, 0xfe]))).toBe('file/not-utf8');
  });

  it('refuses a file above the size limit', async () => {
    expect(await reasonOf(`# ${'x'.repeat(MAX_FILE_BYTES)}\n`)).toBe('file/too-big');
    expect(await reasonOf(good.padEnd(MAX_FILE_BYTES, '\n'))).toBeUndefined();
  });

  it('reports a file that is absent and one that is a folder', async () => {
    for (const file of [join(folder, 'absent.yaml'), folder]) {
      const result = await readYamlFile(file, schema);
      expect(result.ok ? [] : result.problems.map(({ reason }) => reason)).toEqual(['file/unreadable']);
    }
  });
});
