import type { AdminExperimentDto } from '@dcs/api';
import { endingOfSession, STAGE_WORDS, STEP_WORDS } from '#lib/admin/experimentWords.ts';
import type { ParticipantStage } from '#lib/admin/experimentWords.ts';
import type { Chart, TimeChart } from '#lib/charts/chart.ts';
import { momentInWords } from '#lib/charts/timeWords.ts';
import { countsOf } from '#lib/charts/units.ts';

const PARTICIPANTS = countsOf('participants');
const ASSIGNMENTS = countsOf('assignments');
const SESSIONS = countsOf('sessions');

type Games = AdminExperimentDto['games'];

/** What games are called; those that are there more than once, with different settings, with their variant. */
export const namesOf = (games: Games): readonly string[] =>
  games.map(({ game, label }) =>
    games.filter((other) => other.label === label).length > 1 ? `${label}, ${game}` : label,
  );

const STAGES = Object.keys(STAGE_WORDS) as ParticipantStage[];

export const stageChart = ({ stages }: Pick<AdminExperimentDto, 'stages'>): Chart => ({
  title: 'Where participants are',
  definition: 'Everybody who has joined, each counted once, at the place where they are now.',
  unit: PARTICIPANTS,
  heading: 'Place',
  keys: STAGES.map((stage) => STAGE_WORDS[stage]),
  series: [{ name: 'Participants', values: STAGES.map((stage) => stages[stage]) }],
});

export const funnelChart = ({ funnel }: Pick<AdminExperimentDto, 'funnel'>): Chart => ({
  title: 'How far participants came',
  definition:
    'Everybody who has ever come that far, also those who have withdrawn since. Where the bars become much shorter, people drop out.',
  unit: PARTICIPANTS,
  heading: 'Step',
  keys: funnel.map(({ step }) => STEP_WORDS[step]),
  series: [{ name: 'Participants', values: funnel.map(({ participants }) => participants) }],
});

export const assignmentChart = ({ games }: Pick<AdminExperimentDto, 'games'>): Chart => ({
  title: 'Assignments of each game',
  definition: 'What was given to participants, by what has become of it. Dropped assignments are left out.',
  unit: ASSIGNMENTS,
  heading: 'Game',
  keys: namesOf(games),
  series: [
    { name: 'Completed', values: games.map(({ completed }) => completed) },
    { name: 'In progress', values: games.map(({ inProgress }) => inProgress) },
    { name: 'Not begun', values: games.map(({ assigned }) => assigned) },
    { name: 'Interrupted', values: games.map(({ interrupted }) => interrupted) },
  ],
});

const BALANCE =
  'Completed assignments by the game and by the character that participants met. Rows and columns with figures far from the others are out of balance.';

type Balance = Pick<AdminExperimentDto, 'characters' | 'moreCharacters' | 'games'>;

/** Who was met how often in which game. A cell without a figure was never given to anybody, unless some are left out. */
export function balanceChart({ characters, moreCharacters, games }: Balance): Chart {
  const names = namesOf(games);
  const met = [...new Map(characters.map(({ npc, label }) => [npc, label])).entries()];
  return {
    title: 'Balance of games and characters',
    definition: `${BALANCE}${moreCharacters === 0 ? '' : ` ${moreCharacters} more pairs of a game and a character, of the last games of the file, are left out here; the export has them.`}`,
    unit: ASSIGNMENTS,
    heading: 'Character',
    keys: met.map(([, label]) => label),
    series: games.map(({ game }, index) => ({
      name: names[index] ?? game,
      values: met.map(
        ([npc]) => characters.find((cell) => cell.game === game && cell.npc === npc)?.completed ?? null,
      ),
    })),
  };
}

export function activityChart({ activity }: Pick<AdminExperimentDto, 'activity'>): TimeChart {
  const times = activity.map(({ at }) => Date.parse(at));
  return {
    title: 'What happened when',
    definition: 'Participants who joined, and sessions that began and ended, in each stretch of time.',
    unit: countsOf('participants or sessions'),
    heading: 'From, UTC',
    keys: times.map(momentInWords),
    times,
    clock: 'moments',
    series: [
      { name: 'Joined', values: activity.map(({ joined }) => joined) },
      { name: 'Began a session', values: activity.map(({ started }) => started) },
      { name: 'Completed', values: activity.map(({ completed }) => completed) },
      { name: 'Interrupted', values: activity.map(({ interrupted }) => interrupted) },
    ],
  };
}

export const formChart = ({ forms }: Pick<AdminExperimentDto, 'forms'>): Chart => ({
  title: 'Answers to forms',
  definition: 'Participants who have answered a form at least once, whatever they were asked of it later.',
  unit: PARTICIPANTS,
  heading: 'Form',
  keys: forms.map(({ title }) => title),
  series: [{ name: 'Participants', values: forms.map(({ participants }) => participants) }],
});

export const endingChart = ({ endings }: Pick<AdminExperimentDto, 'endings'>): Chart => ({
  title: 'How sessions ended',
  definition: 'Sessions of this experiment that are over, by the reason in their logs.',
  unit: SESSIONS,
  heading: 'Reason',
  keys: endings.map(({ reason }) => endingOfSession(reason)),
  series: [{ name: 'Sessions', values: endings.map(({ sessions }) => sessions) }],
});
