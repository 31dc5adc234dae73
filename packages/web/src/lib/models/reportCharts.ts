import type { ModelReportDto, RoleUseDto } from '@dcs/api';
import type { Chart, TimeChart } from '#lib/charts/chart.ts';
import { daysBetween, dayInWords } from '#lib/charts/timeWords.ts';
import { countsOf, DOLLARS } from '#lib/charts/units.ts';
import { failureInWords, ROLE_WORDS } from '#lib/models/modelWords.ts';

const CALLS = countsOf('calls');

const DAYS_DEFINED =
  'Days begin at midnight UTC. The first one may be cut off by the time that the page looks back over, and the last one is not over yet.';

type Day = ModelReportDto['days'][number];

const NOTHING: Omit<Day, 'day'> = {
  calls: 0,
  failures: 0,
  inputTokens: 0,
  outputTokens: 0,
  costUsd: 0,
  unpriced: 0,
  totalMs: 0,
};

interface ReportCharts {
  readonly calls: TimeChart;
  readonly tokens: TimeChart;
  readonly cost: TimeChart;
}

/** What each day brought, from the first one with a call to the day of the report. */
export function dayCharts({ days, until }: Pick<ModelReportDto, 'days' | 'until'>): ReportCharts {
  const today = until.slice(0, 'YYYY-MM-DD'.length);
  const times = daysBetween(days[0]?.day ?? today, today);
  const ofDay = new Map<number, Omit<Day, 'day'>>(days.map((day) => [Date.parse(day.day), day]));
  const valuesOf = (read: (day: Omit<Day, 'day'>) => number) =>
    times.map((time) => read(ofDay.get(time) ?? NOTHING));
  const frame = { heading: 'Day, UTC', keys: times.map(dayInWords), times, clock: 'days' } as const;
  return {
    calls: {
      ...frame,
      title: 'Calls by day',
      definition: `One question to one model behind a provider, repetitions counted one by one. Failed are those that brought no usable answer. ${DAYS_DEFINED}`,
      unit: CALLS,
      series: [
        { name: 'Answered', values: valuesOf(({ calls, failures }) => calls - failures) },
        { name: 'Failed', values: valuesOf(({ failures }) => failures) },
      ],
    },
    tokens: {
      ...frame,
      title: 'Tokens by day',
      definition: `What models have read and written, as their providers count it. ${DAYS_DEFINED}`,
      unit: countsOf('tokens'),
      series: [
        { name: 'Read', values: valuesOf(({ inputTokens }) => inputTokens) },
        { name: 'Written', values: valuesOf(({ outputTokens }) => outputTokens) },
      ],
    },
    cost: {
      ...frame,
      title: 'Cost by day',
      definition: `What providers charged, or what it comes to by the prices in the settings. Calls of unknown cost are left out. ${DAYS_DEFINED}`,
      unit: DOLLARS,
      series: [{ name: 'Cost', values: valuesOf(({ costUsd }) => costUsd) }],
    },
  };
}

const ROLES = Object.keys(ROLE_WORDS) as RoleUseDto['role'][];

const callsIn = (roles: readonly RoleUseDto[], model: string, role: RoleUseDto['role']): number =>
  roles.find((use) => use.model === model && use.role === role)?.calls ?? 0;

/** Which models were asked for what: roles that asked none have no series. */
export function callChart({ roles }: Pick<ModelReportDto, 'roles'>): Chart {
  const models = [...new Set(roles.map(({ model }) => model))];
  return {
    title: 'Calls by model and role',
    definition: 'How often each model was asked, also in vain, by the role that it was asked in.',
    unit: CALLS,
    heading: 'Model',
    keys: models,
    series: ROLES.filter((role) => roles.some((use) => use.role === role)).map((role) => ({
      name: ROLE_WORDS[role],
      values: models.map((model) => callsIn(roles, model, role)),
    })),
  };
}

/** Whether one model fails or all of them do, and in which ways. */
export function failureChart({ failures }: Pick<ModelReportDto, 'failures'>): Chart {
  const models = [...new Set(failures.map(({ model }) => model))].toSorted();
  const reasons = [...new Set(failures.map(({ reason }) => reason))];
  return {
    title: 'Failures by model',
    definition: 'Calls that brought no usable answer, by the model that was asked and by what happened.',
    unit: CALLS,
    heading: 'Model',
    keys: models,
    series: reasons.map((reason) => ({
      name: failureInWords(reason),
      values: models.map(
        (model) => failures.find((one) => one.model === model && one.reason === reason)?.calls ?? 0,
      ),
    })),
  };
}
