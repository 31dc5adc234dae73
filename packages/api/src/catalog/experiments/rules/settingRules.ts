import type { ExperimentConfig } from '@dcs/engine';
import { doubt, fault } from '../configProblem.ts';
import type { ConfigProblem } from '../configProblem.ts';
import type { Rule } from './rule.ts';

function closedBeforeOpen({ opens, closes }: ExperimentConfig): readonly ConfigProblem[] {
  if (opens === undefined || closes === undefined || Date.parse(opens) < Date.parse(closes)) return [];
  const message = `is not after opens (${opens}), so that nobody can take part`;
  return [fault(['closes'], { reason: 'experiment/closed-before-open', message, fix: 'Make it later.' })];
}

function codes({ completion }: ExperimentConfig): readonly ConfigProblem[] {
  const { code, sharedCode, url } = completion;
  const problems: ConfigProblem[] = [];
  if (code === 'shared' && sharedCode === undefined) {
    const message = 'is missing, and everybody is to get the same code';
    const fix = 'Write the code, or set code: individual.';
    problems.push(
      fault(['completion', 'sharedCode'], { reason: 'experiment/shared-code-missing', message, fix }),
    );
  }
  if (code !== 'shared' && sharedCode !== undefined) {
    const message = `is not used: code is ${code}`;
    const fix = 'Set code: shared, or remove it.';
    problems.push(
      fault(['completion', 'sharedCode'], { reason: 'experiment/shared-code-unused', message, fix }),
    );
  }
  if (code === 'none' && url?.includes('{code}')) {
    const message = 'has {code} in it, but participants get no code';
    const fix = 'Remove {code}, or set code: individual.';
    problems.push(doubt(['completion', 'url'], { reason: 'experiment/no-code-for-url', message, fix }));
  }
  return problems;
}

export const SETTING_RULES: readonly Rule[] = [
  { find: closedBeforeOpen },
  { needs: ['completion.code'], find: codes },
];
