import { builtInGames } from '@dcs/engine';
import { createPersonalData, createSealer } from '../security/index.ts';
import { createMemoryStores } from '../store/memory/stores.ts';
import type { Stores } from '../store/ports.ts';
import type { ExitCode } from './cliFailure.ts';
import { runCli } from './program.ts';
import type { CliWorld } from './world.ts';

/** What somebody who ran the command saw. */
interface Outcome {
  readonly exitCode: ExitCode;
  readonly out: string;
  readonly err: string;
}

export interface TestWorld {
  readonly stores: Stores;
  /** How often the database was opened and not closed again. */
  readonly openCount: () => number;
  readonly run: (...args: string[]) => Promise<Outcome>;
}

const refuse = (): never => {
  throw new Error('This test did not expect that.');
};

/** The command line on stores in memory that outlive a run; ids and times are numbered. */
export function createTestWorld(overrides: Partial<CliWorld> = {}): TestWorld {
  const stores = createMemoryStores();
  const sealer = createSealer([new Uint8Array(32).fill(7)]);
  const clock = { now: () => 1_000 };
  let ids = 0;
  let open = 0;
  const data = {
    // A database that has been closed answers nobody.
    stores: new Proxy(stores, {
      get: (target, name: string) => {
        if (open === 0) throw new Error(`${name} was asked for after the database was closed.`);
        return Reflect.get(target, name);
      },
    }),
    where: 'the database of the test',
    personalData: async () => createPersonalData({ store: stores.personalData, sealer, clock }),
    [Symbol.asyncDispose]: async () => {
      open -= 1;
    },
  };
  const world = {
    now: clock.now,
    newId: () => `id-${(ids += 1)}`,
    adminKey: async () => null,
    modelChains: refuse,
    askModels: refuse,
    openData: async () => {
      open += 1;
      return data;
    },
    games: async () => builtInGames,
    startServer: refuse,
    onSignal: refuse,
    abandon: refuse,
    ...overrides,
  };
  const run = async (...args: string[]): Promise<Outcome> => {
    const written = { out: '', err: '' };
    const exitCode = await runCli(args, {
      ...world,
      out: (text) => (written.out += text),
      err: (text) => (written.err += text),
    });
    return { exitCode, ...written };
  };
  return { stores, openCount: () => open, run };
}
