import { describe, expect, it } from 'vitest';
import { placeProblems, problemSentence, problemWords } from './placedProblems.ts';

const problem = (path: string) => ({
  path,
  reason: 'schema/missing-field',
  message: 'is missing',
  fix: 'Add it.',
});
const PLACES = new Set(['', 'goals', 'goals[0]', 'senses']);

describe('problems of a sheet', () => {
  it.each([
    ['goals[0]', 'goals[0]'],
    ['goals[7]', 'goals'],
    ['senses.vision.acuity', 'senses'],
    ['mood', ''],
    ['', ''],
  ])('at %s are shown at the nearest place that there is: "%s"', (path, place) => {
    expect([...placeProblems([problem(path)], PLACES).keys()]).toEqual([place]);
  });

  it('are told in a sentence, with what to do', () => {
    expect(problemSentence(problem('goals'), 'goals')).toBe('This is missing. Add it.');
    expect(problemSentence(problem('senses.vision.acuity'), 'senses')).toBe(
      'vision.acuity is missing. Add it.',
    );
    expect(problemSentence(problem('mood'), '')).toBe('mood is missing. Add it.');
    expect(problemSentence(problem(''), '')).toBe('The sheet is missing. Add it.');
    expect(problemWords(problem('goals'))).toBe('is missing. Add it.');
  });
});
