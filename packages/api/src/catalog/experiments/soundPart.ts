import { experimentSchema } from '@dcs/engine';
import type { ExperimentConfig } from '@dcs/engine';
import { z } from 'zod';
import type { ValuePath } from '../problem.ts';
import { refusedPaths } from '../schemaProblems.ts';

/*
 * What is left of a configuration without the parts that the schema refuses. Something stands in for a part that has to be
 * there, so that every entry of a list keeps its index.
 */

interface SoundPart {
  readonly config: ExperimentConfig;
  /** All that was written. */
  readonly data: unknown;
  /** The paths of what was taken out. */
  readonly leftOut: readonly ValuePath[];
}

type StandIn = (index: string) => unknown;

const nothing: StandIn = () => undefined;
const question = { prompt: 'Left out.' };
const trigger = { event: 'before-assignment' };
const game: StandIn = (index) => ({ name: `left out ${index}` });
const form: StandIn = (index) => ({ name: `left_out_${index}`, trigger, questions: [question] });

/** How much is left out for something refused, the narrowest first, and what stands in for it. */
const PARTS: ReadonlyMap<string, StandIn> = new Map<string, StandIn>([
  ['forms.*.questions.*.prompt', () => question.prompt],
  ['forms.*.questions.*.*', nothing],
  ['forms.*.questions.*', () => question],
  ['forms.*.name', (index) => `left_out_${index}`],
  ['forms.*.trigger', () => trigger],
  ['forms.*.questions', () => [question]],
  ['forms.*.*', nothing],
  ['forms.*', form],
  ['games.*.name', (index) => `left out ${index}`],
  ['games.*.variant', (index) => `left-out-${index}`],
  ['games.*.pcs.*', () => 'all'],
  ['games.*.npcs.*', () => 'all'],
  ['games.*.*', nothing],
  ['games.*', game],
  ['players.models.*.model', () => 'scripted'],
  ['players.models.*.*', nothing],
  ['players.models.*', () => ({ model: 'scripted' })],
  ['assignment.playerCharacters.*', () => 'all'],
  ['assignment.simulatedCharacters.*', () => 'all'],
  ['models.*.*', () => 'scripted'],
  ['games', () => [game('')]],
  ['name', () => 'left-out'],
  ['*.*', nothing],
  ['*', nothing],
]);

/** Whether a path leads to or into what a pattern means; `*` is any step. */
function isWithin(path: ValuePath, pattern: ValuePath): boolean {
  return (
    path.length >= pattern.length && pattern.every((step, index) => step === '*' || step === path[index])
  );
}

const stepsOf = (pattern: string): readonly string[] => pattern.split('.');
const patternOf = (path: ValuePath): string | undefined =>
  [...PARTS.keys()].find((pattern) => isWithin(path, stepsOf(pattern)));

function partAt(path: ValuePath): ValuePath {
  const pattern = patternOf(path);
  return pattern === undefined ? path : path.slice(0, stepsOf(pattern).length);
}

const groupSchema = z.record(z.string(), z.unknown());

function valueAt(data: unknown, path: ValuePath): unknown {
  return path.reduce((value: unknown, step) => {
    if (Array.isArray(value) && typeof step === 'number') return value[step];
    return groupSchema.safeParse(value).data?.[String(step)];
  }, data);
}

const ANSWER = stepsOf('forms.*.questions.*.type');
const ENDS = ['min', 'max'].map((end) => stepsOf(`forms.*.questions.*.${end}`));
const SAYS_WHATEVER_THE_TYPE: readonly string[] = ['key', 'prompt'];

/** What means nothing without another part of its entry. */
function meaninglessWithout(part: ValuePath, data: unknown): readonly ValuePath[] {
  const entry = part.slice(0, -1);
  if (ENDS.some((end) => isWithin(part, end))) return [[...entry, 'labels']];
  if (!isWithin(part, ANSWER)) return [];
  const fields = Object.keys(groupSchema.safeParse(valueAt(data, entry)).data ?? {});
  return fields.filter((field) => !SAYS_WHATEVER_THE_TYPE.includes(field)).map((field) => [...entry, field]);
}

function standInFor(part: ValuePath): unknown {
  const standIn = PARTS.get(patternOf(part) ?? '') ?? nothing;
  return standIn(String(part[1]));
}

/** The same data with something else at a path, or nothing there. */
function replaced(data: unknown, [step, ...rest]: ValuePath, standIn: unknown): unknown {
  if (step === undefined) return standIn;
  if (Array.isArray(data)) {
    return data.map((item: unknown, index) => (index === step ? replaced(item, rest, standIn) : item));
  }
  const group = groupSchema.safeParse(data);
  if (!group.success) return data;
  const inner = replaced(group.data[String(step)], rest, standIn);
  const others = Object.entries(group.data).filter(([key]) => key !== step);
  return Object.fromEntries(inner === undefined ? others : [...others, [String(step), inner]]);
}

/** The part of refused data that the schema accepts; `null` where nothing can be made of it. */
export function soundPart(data: unknown, error: z.ZodError): SoundPart | null {
  const leftOut = refusedPaths(experimentSchema, error)
    .map(partAt)
    .flatMap((part) => [part, ...meaninglessWithout(part, data)])
    // From the inside out: what stands in for an entry is not to be taken apart again.
    .toSorted((a, b) => b.length - a.length);
  const sound = leftOut.reduce((rest, part) => replaced(rest, part, standInFor(part)), data);
  const result = experimentSchema.safeParse(sound);
  return result.success ? { config: result.data, data, leftOut } : null;
}

/** Whether a path leads into something that was left out, so that nothing more can be said of it. */
export function isLeftOut({ leftOut }: SoundPart, path: ValuePath): boolean {
  return leftOut.some((part) => isWithin(path, part));
}

/** Whether a part is what a pattern may mean, or what that stands in. */
function isOn(part: ValuePath, pattern: string): boolean {
  const steps = stepsOf(pattern);
  return (
    part.length <= steps.length && part.every((step, index) => steps[index] === '*' || steps[index] === step)
  );
}

/** Whether anything that a pattern may mean was left out, by itself or with what it stood in. */
export function lacks({ leftOut }: SoundPart, pattern: string): boolean {
  return leftOut.some((part) => isOn(part, pattern));
}

const GAME_NAMES = ['name', 'variant'] as const;

const isText = (value: unknown): value is string => typeof value === 'string' && value.trim() !== '';

/** What may be meant as the name of a game: what stands there, else what stands under keys that nobody knows. */
function textsAt(data: unknown, part: ValuePath): readonly string[] {
  const [list, index, key] = part;
  if (list === undefined || index === undefined) return [];
  const entry = valueAt(data, [list, index]);
  const fields = groupSchema.safeParse(entry).data ?? {};
  if (key === undefined) return [entry, ...Object.values(fields)].filter(isText);
  if (isText(fields[String(key)])) return [fields[String(key)]].filter(isText);
  const isKnown = (name: string): boolean => GAME_NAMES.some((known) => known === name);
  return Object.entries(fields).flatMap(([name, value]) => (!isKnown(name) && isText(value) ? [value] : []));
}

/** What the games are called whose name or variant was left out; `null` where nobody can tell of one of them. */
export function unreadGameNames({ data, leftOut }: SoundPart): readonly string[] | null {
  const parts = leftOut.filter((part) => GAME_NAMES.some((key) => isOn(part, `games.*.${key}`)));
  const texts = parts.map((part) => textsAt(data, part));
  return texts.some(({ length }) => length === 0) ? null : texts.flat();
}

/** Whether a name stands in for one that was left out. */
export const isStandIn = (name: string): boolean => /^left[- ]out[- ]/.test(name);
