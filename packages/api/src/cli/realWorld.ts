import { randomUUID } from 'node:crypto';
import process from 'node:process';
import { STOP_SIGNALS } from './serving.ts';
import type { CliWorld } from './world.ts';

/** The world as it is. What needs the database, the server or the environment is imported when it is asked for. */
export function createWorld(): CliWorld {
  return {
    out: (text) => process.stdout.write(text),
    err: (text) => process.stderr.write(text),
    now: () => Date.now(),
    newId: () => randomUUID(),
    adminKey: async () => (await import('../env.ts')).readEnv().ADMIN_KEY,
    modelChains: async () => {
      const [{ readEnv }, { chainsOf }] = await Promise.all([
        import('../env.ts'),
        import('../modelSettings.ts'),
      ]);
      return chainsOf(readEnv());
    },
    askModels: async () => {
      const { openAskedModels } = await import('./openAskedModels.ts');
      return openAskedModels();
    },
    openData: async (flags) => {
      const { openData } = await import('./openDatabase.ts');
      return openData(flags);
    },
    games: async () => (await import('@dcs/engine')).builtInGames,
    startServer: async (flags) => {
      const { startServer } = await import('./startServer.ts');
      return startServer(flags);
    },
    onSignal: (listener) => {
      for (const signal of STOP_SIGNALS) process.on(signal, listener);
      return () => {
        for (const signal of STOP_SIGNALS) process.off(signal, listener);
      };
    },
    abandon: (exitCode) => process.exit(exitCode),
  };
}
