import { isCharacterFilterName } from '@dcs/engine';
import type { ExperimentConfig } from '@dcs/engine';
import { nearest } from '../../nearest.ts';
import { formatPath } from '../../problem.ts';
import type { ValuePath } from '../../problem.ts';
import { fault } from '../configProblem.ts';
import type { ConfigProblem } from '../configProblem.ts';
import type { ExperimentWorld } from '../world.ts';
import { CAST_SEATS, castOf, combinationsOf } from './cast.ts';
import type { CastSeat, GameCast } from './cast.ts';
import type { Rule } from './rule.ts';

interface Listed {
  readonly name: string;
  readonly path: ValuePath;
}

/** Everybody that the experiment lists, for all games or for one. */
function listed({ assignment, games }: ExperimentConfig): readonly Listed[] {
  const at = (path: ValuePath, names: readonly string[] = []): readonly Listed[] =>
    names.map((name, index) => ({ name, path: [...path, index] }));
  return [
    ...CAST_SEATS.flatMap(({ ofExperiment }) => at(['assignment', ofExperiment], assignment[ofExperiment])),
    ...games.flatMap((game, index) =>
      CAST_SEATS.flatMap(({ ofGame }) => at(['games', index, ofGame], game[ofGame])),
    ),
  ];
}

function unknownCharacters(
  config: ExperimentConfig,
  { characters }: ExperimentWorld,
): readonly ConfigProblem[] {
  const hids = characters.map(({ hid }) => hid);
  return listed(config).flatMap(({ name, path }): readonly ConfigProblem[] => {
    if (isCharacterFilterName(name) || hids.includes(name)) return [];
    const meant = nearest(name, hids);
    const fix =
      meant === undefined ? 'Use a filter name or the hid of a character.' : `Did you mean ${meant}?`;
    const message = `is ${name}, and there is no such character`;
    return [fault(path, { reason: 'experiment/unknown-character', message, fix })];
  });
}

interface Casts {
  readonly path: ValuePath;
  readonly variants: string;
}

/** The games by where the file says who is in them: those that say it themselves, and all others together. */
function bySaying(
  config: ExperimentConfig,
  casts: readonly GameCast[],
  seats: readonly CastSeat[],
): readonly Casts[] {
  const [first] = seats;
  if (first === undefined) return [];
  const pathOf = ({ index }: GameCast): ValuePath => {
    const own = seats.find(({ ofGame }) => config.games[index]?.[ofGame] !== undefined);
    return own === undefined ? ['assignment', first.ofExperiment] : ['games', index, own.ofGame];
  };
  const groups = Map.groupBy(casts, (cast) => formatPath(pathOf(cast)));
  return [...groups.values()].flatMap((some) => {
    const [one] = some;
    return one === undefined
      ? []
      : [{ path: pathOf(one), variants: some.map(({ variant }) => variant).join(', ') }];
  });
}

function emptySeats(config: ExperimentConfig, world: ExperimentWorld): readonly ConfigProblem[] {
  const casts = castOf(config, world);
  return CAST_SEATS.flatMap((seat): readonly ConfigProblem[] => {
    const empty = casts.filter((cast) => cast[seat.ofGame]?.length === 0);
    return bySaying(config, empty, [seat]).map(({ path, variants }) => {
      const message = `leaves nobody to ${seat.ofGame === 'pcs' ? 'play' : 'meet'} in ${variants}`;
      const fix = `Name somebody whom games/*.yaml admits under ${seat.ofGame}, or leave the game out.`;
      return fault(path, { reason: 'experiment/nobody-admitted', message, fix });
    });
  });
}

function onlyThemselves(config: ExperimentConfig, world: ExperimentWorld): readonly ConfigProblem[] {
  if (config.assignment.sameCharacter) return [];
  const alone = castOf(config, world).filter(
    (cast) => cast.pcs?.length !== 0 && cast.npcs?.length !== 0 && combinationsOf(cast, false) === 0,
  );
  return bySaying(config, alone, CAST_SEATS).map(({ path, variants }) => {
    const message = `leaves only a character to meet itself in ${variants}`;
    const fix = 'Admit somebody else, or set sameCharacter: true.';
    return fault(path, { reason: 'experiment/nobody-else', message, fix });
  });
}

export const CAST_RULES: readonly Rule[] = [
  { find: unknownCharacters },
  { find: emptySeats },
  { needs: ['assignment.sameCharacter'], find: onlyThemselves },
];
