import { modelPlayerOverviews } from '@dcs/engine';
import type { ExperimentMoment, ModelPlayerOverview } from '@dcs/engine';
import type { ModelPlayersDto } from '../../../experimentAdminDto.ts';
import type { WaitingPlayer } from './standstills.ts';

type Standstill = NonNullable<ModelPlayersDto['standstill']>;

type Reason = NonNullable<ModelPlayerOverview['waitsFor']>;

const WAITS_FOR: Readonly<Record<Reason, Omit<Standstill, 'isTrouble'>>> = {
  start: { reason: 'experiment/not-started', message: 'This experiment has not been started.' },
  notOpenYet: { reason: 'experiment/not-open', message: 'This experiment has not opened yet.' },
  closed: { reason: 'experiment/closed', message: 'This experiment is closed.' },
  paused: { reason: 'experiment/paused', message: 'This experiment is paused.' },
};

/** How far the models are that take part, and why those stand still that do; `waiting` are those who wait at this server. */
export function modelPlayerDtos(
  moment: ExperimentMoment,
  waiting: readonly WaitingPlayer[],
): readonly ModelPlayersDto[] {
  return modelPlayerOverviews(moment).map(({ waitsFor, ...overview }, entry): ModelPlayersDto => {
    const stuck = waiting.find(({ player }) => player.entry === entry);
    if (stuck !== undefined) {
      const { reason, message } = stuck;
      return { ...overview, standstill: { reason, message, isTrouble: true } };
    }
    const standstill = waitsFor === null ? null : { ...WAITS_FOR[waitsFor], isTrouble: false };
    return { ...overview, standstill };
  });
}
