import { isCharacterFilterName } from '@dcs/engine';
import type { ExperimentConfig } from '@dcs/engine';
import { nearest } from '../../nearest.ts';
import { fault } from '../configProblem.ts';
import type { ConfigProblem } from '../configProblem.ts';
import type { ExperimentWorld } from '../world.ts';
import { CAST_SEATS, castOf, combinationsOf } from './cast.ts';
import type { Rule } from './rule.ts';

function unknownCharacters(
  { assignment }: ExperimentConfig,
  { characters }: ExperimentWorld,
): readonly ConfigProblem[] {
  const hids = characters.map(({ hid }) => hid);
  return CAST_SEATS.flatMap(({ ofExperiment }) =>
    (assignment[ofExperiment] ?? []).flatMap((name, index): readonly ConfigProblem[] => {
      if (isCharacterFilterName(name) || hids.includes(name)) return [];
      const meant = nearest(name, hids);
      const fix =
        meant === undefined ? 'Use a filter name or the hid of a character.' : `Did you mean ${meant}?`;
      const message = `is ${name}, and there is no such character`;
      const path = ['assignment', ofExperiment, index];
      return [fault(path, { reason: 'experiment/unknown-character', message, fix })];
    }),
  );
}

function emptySeats(config: ExperimentConfig, world: ExperimentWorld): readonly ConfigProblem[] {
  const casts = castOf(config, world);
  return CAST_SEATS.flatMap(({ ofGame, ofExperiment }): readonly ConfigProblem[] => {
    const empty = casts.filter((cast) => cast[ofGame]?.length === 0).map(({ variant }) => variant);
    if (empty.length === 0) return [];
    const message = `leaves nobody to ${ofGame === 'pcs' ? 'play' : 'meet'} in ${empty.join(', ')}`;
    const fix = `Name somebody whom games/*.yaml admits under ${ofGame}, or leave the game out.`;
    return [fault(['assignment', ofExperiment], { reason: 'experiment/nobody-admitted', message, fix })];
  });
}

function onlyThemselves(config: ExperimentConfig, world: ExperimentWorld): readonly ConfigProblem[] {
  const alone = castOf(config, world).filter(
    (cast) => cast.pcs?.length !== 0 && cast.npcs?.length !== 0 && combinationsOf(cast, false) === 0,
  );
  if (config.assignment.sameCharacter || alone.length === 0) return [];
  const variants = alone.map(({ variant }) => variant).join(', ');
  const message = `leaves only a character to meet itself in ${variants}`;
  const fix = 'Admit somebody else, or set sameCharacter: true.';
  return [fault(['assignment', 'playerCharacters'], { reason: 'experiment/nobody-else', message, fix })];
}

export const CAST_RULES: readonly Rule[] = [
  { find: unknownCharacters },
  { find: emptySeats },
  { needs: ['assignment.sameCharacter'], find: onlyThemselves },
];
