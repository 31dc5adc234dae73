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

/** What fails once may be well again a second later. */
const TROUBLE_AFTER = 2;
/** Somebody wants it so. */
const WANTED = 'session/held';

function standstillOf(
  { waitsFor, playing }: ModelPlayerOverview,
  waiting: readonly WaitingPlayer[],
): Standstill | null {
  // Nobody could go on, whatever was in the way before.
  if (waitsFor !== null && playing === 0) return { ...WAITS_FOR[waitsFor], isTrouble: false };
  const [longest] = waiting.toSorted((left, right) => right.tries - left.tries);
  if (longest === undefined) return null;
  const { reason, message, tries } = longest;
  return { reason, message, isTrouble: tries >= TROUBLE_AFTER && reason !== WANTED };
}

/** How far the models are that take part, and why those stand still that do; `waiting` are those who wait at this server. */
export function modelPlayerDtos(
  moment: ExperimentMoment,
  waiting: readonly WaitingPlayer[],
): readonly ModelPlayersDto[] {
  return modelPlayerOverviews(moment).map((overview, entry): ModelPlayersDto => {
    const { waitsFor: _waitsFor, ...told } = overview;
    const standstill = standstillOf(
      overview,
      waiting.filter(({ player }) => player.entry === entry),
    );
    return { ...told, standstill };
  });
}
