import type { Benchmark, BenchmarkContext } from '../benchmark.ts';
import type { Figure } from '../report/figure.ts';
import { CONTENDERS } from './contenders.ts';
import type { Contender, RunningContender } from './contenders.ts';
import { measureInRounds } from './rounds.ts';
import type { Situation } from './rounds.ts';
import { profileFileFor } from './turnRound.ts';

const WARM_UP_MS = 1000;
/** The first turns of a process run code that has not been compiled yet. */
const FIRST_ROUND = {
  name: 'first',
  players: 50,
  pace: { thinkMs: 0, warmUpMs: 3000, measureMs: 1000 },
  profileFile: null,
};

type Field = ReadonlyMap<Contender, RunningContender>;

function running(field: Field, contender: Contender): RunningContender {
  const found = field.get(contender);
  if (found === undefined) throw new Error(`${contender.name} has not been started.`);
  return found;
}

/** Every number of players at every system; the systems take turns, so that all share the machine's moods. */
function encounters({ options }: BenchmarkContext): readonly Situation<Field>[] {
  const pace = { thinkMs: 0, warmUpMs: WARM_UP_MS, measureMs: options.number('seconds') * 1000 };
  return options.list('players').flatMap((players) =>
    CONTENDERS.map((contender): Situation<Field> => {
      const { name: system, kept } = contender;
      const label = `${players}, ${system} (kept ${kept})`;
      return {
        rows: [{ label, facts: { players, system, kept } }],
        measure: async (field, name) => {
          const profileFile = profileFileFor(options.profileDir, `peers ${label} ${name}`);
          return [await running(field, contender).measure({ name, players, pace, profileFile })];
        },
      };
    }),
  );
}

async function run(context: BenchmarkContext): Promise<readonly Figure[]> {
  await using resources = new AsyncDisposableStack();
  const field = new Map<Contender, RunningContender>();
  for (const contender of CONTENDERS) {
    const started = resources.use(await contender.start());
    field.set(contender, started);
    context.progress(`warming up ${contender.name}`);
    await started.measure(FIRST_ROUND);
  }
  // Awaited here: the servers live no longer than this function.
  return await measureInRounds(context, encounters(context), field);
}

/** The same crowd at other systems: one message there, and all that comes of it back. Only our turns are durable. */
export const peers: Benchmark = {
  name: 'peers',
  about:
    'the same players at our server (durable turns) and at systems that echo what they say (not durable)',
  flags: {
    players: {
      about: 'players who act as soon as they are answered',
      fallback: '1,10,100,400',
      several: true,
    },
    seconds: { about: 'how long each situation is measured in each round', fallback: '5' },
    rounds: { about: 'how often each situation is measured', fallback: '3' },
  },
  profiles: true,
  run,
};
