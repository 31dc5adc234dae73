import { formProblems, variantOf } from '@dcs/engine';
import type { ExperimentConfig } from '@dcs/engine';
import { nearest } from '../../nearest.ts';
import { fault } from '../configProblem.ts';
import type { ConfigProblem } from '../configProblem.ts';
import { isStandIn } from '../soundPart.ts';
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

const plain = (text: string): string => text.toLowerCase().replaceAll(/[-_ ]/g, '');

/** Whether a name may be that of a game that is called so where the schema refuses it. */
const mayMean = (name: string, unread: string): boolean =>
  plain(unread).includes(plain(name)) ||
  plain(name).includes(plain(unread)) ||
  nearest(name, [unread]) !== undefined ||
  nearest(unread, [name]) !== undefined;

function fixFor(name: string, variants: readonly string[]): string {
  const readable = variants.filter((variant) => !isStandIn(variant));
  if (readable.length === 0) return 'Use the name of one of its games.';
  const meant = nearest(name, readable);
  return meant === undefined ? `Use one of: ${readable.join(', ')}.` : `Did you mean ${meant}?`;
}

const unknownGames: Rule['find'] = ({ forms, games }, _world, { gameNames }) => {
  if (gameNames === null) return [];
  const variants = games.map(variantOf);
  return forms.flatMap(({ trigger }, index) =>
    (trigger.games ?? []).flatMap((name, at): readonly ConfigProblem[] => {
      if (variants.includes(name) || gameNames.some((unread) => mayMean(name, unread))) return [];
      const fix = fixFor(name, variants);
      const message = `is ${name}, which is no game of this experiment`;
      const path = ['forms', index, 'trigger', 'games', at];
      return [fault(path, { reason: 'experiment/unknown-form-game', message, fix })];
    }),
  );
};

export const FORM_RULES: readonly Rule[] = [
  { find: sharedNames },
  { find: unknownGames },
  {
    find: ({ forms }) =>
      forms.flatMap((form, index) =>
        formProblems(form).map(({ path, ...words }) => fault(['forms', index, ...path], words)),
      ),
  },
];
