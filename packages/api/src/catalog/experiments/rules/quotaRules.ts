import type { ExperimentConfig } from '@dcs/engine';
import { doubt } from '../configProblem.ts';
import type { ConfigProblem } from '../configProblem.ts';
import type { ExperimentWorld } from '../world.ts';
import { castOf, combinationsOf } from './cast.ts';
import type { Rule } from './rule.ts';

type QuotaName = Exclude<keyof ExperimentConfig['quotas'], 'participants'>;
const PER: readonly QuotaName[] = ['perGame', 'perCharacter', 'perCombination'];

/** How many assignments it takes to fill each quota. */
function assignmentsNeeded(
  config: ExperimentConfig,
  world: ExperimentWorld,
): Readonly<Record<QuotaName, number>> {
  const { quotas, assignment } = config;
  const casts = castOf(config, world);
  const met = new Set(casts.flatMap(({ npcs }) => npcs ?? []));
  const combinations = casts.reduce((sum, cast) => sum + combinationsOf(cast, assignment.sameCharacter), 0);
  return {
    perGame: (quotas.perGame ?? 0) * config.games.length,
    perCharacter: (quotas.perCharacter ?? 0) * met.size,
    perCombination: (quotas.perCombination ?? 0) * combinations,
  };
}

function outOfReach(config: ExperimentConfig, world: ExperimentWorld): readonly ConfigProblem[] {
  const { participants } = config.quotas;
  if (participants === undefined) return [];
  const { maxPerParticipant } = config.assignment;
  const possible = participants * maxPerParticipant;
  const needed = assignmentsNeeded(config, world);
  return PER.flatMap((name): readonly ConfigProblem[] => {
    if (needed[name] <= possible) return [];
    const message = `takes ${needed[name]} assignments, but ${participants} participants with at most ${maxPerParticipant} each make ${possible}`;
    const fix = 'Lower it, or raise quotas.participants or assignment.maxPerParticipant.';
    return [doubt(['quotas', name], { reason: 'experiment/quota-out-of-reach', message, fix })];
  });
}

/** Quotas count participants, each of them once. */
function moreThanTakePart({ quotas }: ExperimentConfig): readonly ConfigProblem[] {
  const { participants } = quotas;
  if (participants === undefined) return [];
  return PER.flatMap((name): readonly ConfigProblem[] => {
    const wanted = quotas[name] ?? 0;
    if (wanted <= participants) return [];
    const message = `wants ${wanted} participants of ${participants}`;
    const fix = `Lower it to at most ${participants}, or raise quotas.participants.`;
    return [doubt(['quotas', name], { reason: 'experiment/quota-above-participants', message, fix })];
  });
}

function modelsBeyondQuota({ players, quotas }: ExperimentConfig): readonly ConfigProblem[] {
  const models = players.models.reduce((sum, { participants }) => sum + participants, 0);
  if (quotas.participants === undefined || models <= quotas.participants) return [];
  const message = `is ${quotas.participants}, but players.models alone are ${models}`;
  const fix = `Raise it to at least ${models}, or let fewer models take part.`;
  return [doubt(['quotas', 'participants'], { reason: 'experiment/models-beyond-quota', message, fix })];
}

export const QUOTA_RULES: readonly Rule[] = [
  {
    needs: [
      'assignment.maxPerParticipant',
      'assignment.playerCharacters.*',
      'assignment.simulatedCharacters.*',
      'games.*.pcs.*',
      'games.*.npcs.*',
    ],
    find: outOfReach,
  },
  { find: moreThanTakePart },
  { find: modelsBeyondQuota },
];
