import type {
  AdminExperimentDto,
  AdminExperimentRowDto,
  AdminParticipantDto,
  AlertCountsDto,
} from '@dcs/api';
import { countOf } from '#lib/words.ts';

/* What the pages of those who run experiments say. */

export type ParticipantStage = AdminParticipantDto['stage'];

/** From the first to the last, and then those who left. */
export const STAGE_WORDS: Readonly<Record<ParticipantStage, string>> = {
  joined: 'Joined, nothing given yet',
  assigned: 'Has an assignment',
  playing: 'Playing',
  interrupted: 'Interrupted',
  between: 'Between assignments',
  finished: 'Finished',
  withdrawn: 'Withdrew',
};

export const STEP_WORDS: Readonly<Record<AdminExperimentDto['funnel'][number]['step'], string>> = {
  joined: 'Joined',
  assigned: 'Were given something',
  began: 'Began to play',
  completed: 'Completed an assignment',
  finished: 'Completed everything',
};

const STATES: Readonly<Record<AdminExperimentRowDto['state'], string>> = {
  open: 'Open',
  notOpenYet: 'Not open yet',
  closed: 'Closed',
  paused: 'Paused',
  full: 'Full',
  modelsOnly: 'For models alone',
};

/** Whether people can begin something in it now. */
export const stateInWords = ({ state, run }: Pick<AdminExperimentRowDto, 'state' | 'run'>): string =>
  run === 'notStarted' && state === 'open' ? 'Open, nobody has come yet' : STATES[state];

/** How many alerts there are, the graver first: `2 troubles, 1 note`. */
export const alertsInWords = ({ errors, warnings }: Pick<AlertCountsDto, 'errors' | 'warnings'>): string =>
  [errors > 0 ? countOf(errors, 'trouble') : '', warnings > 0 ? countOf(warnings, 'note') : '']
    .filter((part) => part !== '')
    .join(', ');

/** Why a session ended, readable: `stopping_condition_met:max_turns` is `stopping condition met: max turns`. */
export const endingOfSession = (reason: string): string => reason.replaceAll('_', ' ').replaceAll(':', ': ');

/** A value of a configuration as its file has it; `nothing` where there is none. */
export const valueInWords = (value: unknown): string =>
  value === null ? 'nothing' : typeof value === 'string' ? value : JSON.stringify(value);
