import type { Benchmark, BenchmarkContext } from '../benchmark.ts';
import { openAccounts } from '../load/accounts.ts';
import { inParallel } from '../load/inParallel.ts';
import { openLine } from '../load/line.ts';
import type { Line } from '../load/line.ts';
import { patiently } from '../load/patience.ts';
import { createdSchema } from '../load/shapes.ts';
import type { Figure } from '../report/figure.ts';
import type { Measured } from '../report/measures.ts';
import { summariseLatencies } from '../report/statistics.ts';
import { startDcsServer } from '../server/dcsServer.ts';
import type { DcsServer } from '../server/dcsServer.ts';
import { createMeter } from '../server/meter.ts';
import { measureInRounds } from './rounds.ts';
import type { Situation } from './rounds.ts';
import { profileFileFor } from './turnRound.ts';

/** Connections of as many players, over which sessions are created one after the other. */
interface Creators {
  readonly server: DcsServer;
  readonly lines: readonly Line[];
}

interface CreateRound {
  /** Unique on this server. */
  readonly name: string;
  readonly sessions: number;
  readonly atOnce: number;
  readonly profileFile: string | null;
}

const SLOWEST_CREATE_MS = 50;

async function createSessions({ server, lines }: Creators, round: CreateRound): Promise<Measured> {
  const { name, sessions, atOnce, profileFile } = round;
  const meter = createMeter(server, profileFile);
  const latenciesMs: number[] = [];
  const ids = new Set<string>();
  await meter.begin();
  const startedAt = performance.now();
  const creating = inParallel({ count: sessions, width: atOnce }, async (index) => {
    const line = lines[index % atOnce];
    if (line === undefined) throw new Error('There are fewer lines than clients.');
    const sentAt = performance.now();
    const reply = await line.mutate('play.create', { game: 'explore', commandId: `${name}-${index}` });
    latenciesMs.push(performance.now() - sentAt);
    ids.add(createdSchema.parse(reply).sessionId);
  });
  await patiently(`${sessions} sessions are created`, creating, sessions * SLOWEST_CREATE_MS);
  const seconds = (performance.now() - startedAt) / 1000;
  await meter.end();
  if (ids.size !== sessions) throw new Error(`${sessions} commands made ${ids.size} sessions.`);
  const { serverUs, databaseUs } = meter.use;
  return {
    createsPerSecond: sessions / seconds,
    ...summariseLatencies(latenciesMs),
    serverCpuUsPerCreate: serverUs / sessions,
    ...(databaseUs === null ? {} : { databaseCpuUsPerCreate: databaseUs / sessions }),
  };
}

function concurrencies({ options }: BenchmarkContext): readonly Situation<Creators>[] {
  const sessions = options.number('sessions');
  return options.list('clients').map((atOnce) => ({
    rows: [{ label: `${atOnce} ${atOnce === 1 ? 'client' : 'clients'}`, facts: { clients: atOnce } }],
    measure: async (creators, name) => {
      const profileFile = profileFileFor(options.profileDir, `create ${atOnce} ${name}`);
      return [await createSessions(creators, { name, sessions, atOnce, profileFile })];
    },
  }));
}

/** The last row and the first differ in nothing but the number of sessions that exist already. */
async function growth(
  { options, progress }: BenchmarkContext,
  creators: Creators,
): Promise<readonly Figure[]> {
  const total = options.number('total');
  const steps = 5;
  const atOnce = creators.lines.length;
  const figures: Figure[] = [];
  for (let step = 1; step <= steps && total > 0; step++) {
    const sessions = Math.ceil(total / steps);
    const label = `up to ${(sessions * step).toLocaleString('en-US')} sessions`;
    const round = { name: `grow${step}`, sessions, atOnce, profileFile: null };
    const measured = await createSessions(creators, round);
    figures.push({ label, facts: { clients: atOnce, sessions: sessions * step }, rounds: [measured] });
    progress(`${label}: ${Math.round(measured.createsPerSecond ?? 0)} creates/s`);
  }
  return figures;
}

async function run(context: BenchmarkContext): Promise<readonly Figure[]> {
  const { options, progress } = context;
  await using server = await startDcsServer();
  const keys = await openAccounts(server.url, Math.max(...options.list('clients')));
  const lines = await Promise.all(keys.map((key) => openLine(server.url, key)));
  const creators = { server, lines };
  try {
    progress('warming up');
    await createSessions(creators, { name: 'warm', sessions: 2000, atOnce: lines.length, profileFile: null });
    const figures = await measureInRounds(context, concurrencies(context), creators);
    return [...figures, ...(await growth(context, creators))];
  } finally {
    for (const line of lines) line.close();
  }
}

/** Sessions whose header is durable when the client hears of them. */
export const create: Benchmark = {
  name: 'create',
  about: 'sessions created per second, and whether it stays so as they become many',
  flags: {
    clients: {
      about: 'clients who create at once, each one session after the other',
      fallback: '1,10,100',
      several: true,
    },
    sessions: { about: 'sessions created in each situation of each round', fallback: '3000' },
    total: { about: 'sessions created at last, in five steps; 0 for none', fallback: '50000', least: 0 },
    rounds: { about: 'how often each situation is measured', fallback: '3' },
  },
  profiles: true,
  run,
};
