import { nearest } from '../../nearest.ts';
import { doubt } from '../configProblem.ts';
import type { ConfigProblem } from '../configProblem.ts';
import { fieldsOfExperiment } from './camelKeys.ts';
import { OLDER_GROUPS } from './olderAssignment.ts';
import { leaf } from './traced.ts';
import type { TracedGroup } from './traced.ts';
import { withoutEffect } from './withoutEffect.ts';
import { camelCased } from './words.ts';

/* What older systems let pass of an experiment itself. */

const BEGINS_WITH_DIGIT = /^\d/;

/** A name stands in ids, addresses and names of files, where it begins with a letter; people go on reading the one they know. */
function mendName({ fields }: TracedGroup): readonly ConfigProblem[] {
  const name = fields.get('name');
  if (name?.kind !== 'leaf' || typeof name.value !== 'string' || !BEGINS_WITH_DIGIT.test(name.value))
    return [];
  const mended = `experiment-${name.value}`;
  fields.set('name', leaf(mended, name.path));
  if (!fields.has('title')) fields.set('title', name);
  const message = `begins with a digit, so that the experiment is called ${mended}`;
  const fix = 'Rename it if it should be called otherwise.';
  return [doubt(name.path, { reason: 'experiment/begins-with-digit', message, fix })];
}

const KNOWN: readonly string[] = [...fieldsOfExperiment(), ...OLDER_GROUPS, 'ui'];

/** What is nearly a known key was meant to say something: without it the study would be another one, and so it stays an error. */
function takeOutUnknown({ fields }: TracedGroup): readonly ConfigProblem[] {
  return [...fields].flatMap(([key, node]): readonly ConfigProblem[] => {
    if (KNOWN.includes(camelCased(key)) || nearest(key, KNOWN) !== undefined) return [];
    fields.delete(key);
    return [withoutEffect(node)];
  });
}

/** Mends an experiment that is in the words of today. */
export function mendTop(root: TracedGroup): readonly ConfigProblem[] {
  return [...mendName(root), ...takeOutUnknown(root)];
}
