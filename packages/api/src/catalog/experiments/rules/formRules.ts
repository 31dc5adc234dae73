import { formProblems, variantOf } from '@dcs/engine';
import type { ExperimentConfig } from '@dcs/engine';
import { nearest } from '../../nearest.ts';
import { fault } from '../configProblem.ts';
import type { ConfigProblem } from '../configProblem.ts';
import type { Rule } from './rule.ts';

function sharedNames({ forms }: ExperimentConfig): readonly ConfigProblem[] {
  const names = forms.map(({ name }) => name);
  return names.flatMap((name, index) => {
    if (names.indexOf(name) === index) return [];
    const message = `is ${name}, which another form has already`;
    const fix = 'Name one of the two otherwise: answers are kept by the name of their form.';
    return [fault(['forms', index, 'name'], { reason: 'experiment/shared-form-name', message, fix })];
  });
}

function unknownGames({ forms, games }: ExperimentConfig): readonly ConfigProblem[] {
  const variants = games.map(variantOf);
  return forms.flatMap(({ trigger }, index) =>
    (trigger.games ?? []).flatMap((name, at): readonly ConfigProblem[] => {
      if (variants.includes(name)) return [];
      const meant = nearest(name, variants);
      const fix = meant === undefined ? `Use one of: ${variants.join(', ')}.` : `Did you mean ${meant}?`;
      const message = `is ${name}, which is no game of this experiment`;
      const path = ['forms', index, 'trigger', 'games', at];
      return [fault(path, { reason: 'experiment/unknown-form-game', message, fix })];
    }),
  );
}

export const FORM_RULES: readonly Rule[] = [
  { find: sharedNames },
  { needs: ['games.*.name', 'games.*.variant'], find: unknownGames },
  {
    find: ({ forms }) =>
      forms.flatMap((form, index) =>
        formProblems(form).map(({ path, ...words }) => fault(['forms', index, ...path], words)),
      ),
  },
];
