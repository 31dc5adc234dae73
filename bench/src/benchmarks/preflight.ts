import { DEFAULT_POPULATION, preflightReport, simulateExperiment } from '@dcs/engine';
import type { Benchmark, BenchmarkContext } from '../benchmark.ts';
import type { Figure } from '../report/figure.ts';
import type { Measured } from '../report/measures.ts';
import { measureJoins } from './joins.ts';
import { measureInRounds } from './rounds.ts';
import type { Situation } from './rounds.ts';
import { exampleStudies, wideStudies } from './studies.ts';
import type { Study } from './studies.ts';

/** What everybody is measured with; how it is chosen makes no difference. */
const STARTS_AT = Date.UTC(2030, 0, 1);

/** From the plan to the report, as `dcs experiments preflight` and the server's thread do it. */
function preflightOf(study: Study, participants: number): Measured {
  const startedAt = performance.now();
  const planned = study.plan();
  const simulation = simulateExperiment({
    planned,
    participants,
    seed: 'bench',
    startsAt: STARTS_AT,
    population: DEFAULT_POPULATION,
  });
  const { people } = preflightReport(simulation);
  if (people.joined === 0) throw new Error(`Nobody joined ${study.label}.`);
  return { preflightMs: performance.now() - startedAt };
}

async function situations({ options }: BenchmarkContext): Promise<readonly Situation<null>[]> {
  const participants = options.number('participants');
  const facts = { participants };
  const wide = await wideStudies();
  const preflights = [...(await exampleStudies()), ...wide].map((study) => ({
    rows: [{ label: study.label, facts }],
    measure: () => Promise.resolve([preflightOf(study, participants)]),
  }));
  const joined = wide.find(({ label }) => label.endsWith('least-played-combination-next'));
  if (joined === undefined) throw new Error('There is no study to join.');
  return [
    ...preflights,
    {
      rows: ['joins', 'looks at it'].map((what) => ({ label: `wide, one more ${what}`, facts })),
      measure: () => measureJoins(joined, participants),
    },
  ];
}

async function run(context: BenchmarkContext): Promise<readonly Figure[]> {
  return await measureInRounds(context, await situations(context), null);
}

/** Experiments gone through with people who do not exist. */
export const preflight: Benchmark = {
  name: 'preflight',
  about:
    'how long simulating an experiment takes: the examples, and every strategy with 5 × 34 × 44 to choose from',
  flags: {
    participants: { about: 'people who come', fallback: '1000' },
    rounds: { about: 'how often each is simulated', fallback: '3' },
  },
  profiles: false,
  run,
};
