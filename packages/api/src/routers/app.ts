import { createCallerFactory, router } from '../trpc.ts';
import { adminRouter } from './admin.ts';
import { gamesRouter } from './catalog.ts';
import { charactersRouter } from './characters.ts';
import { experimentsRouter } from './experiments.ts';
import { playersRouter } from './players.ts';
import { playRouter } from './play.ts';
import { serverRouter } from './server.ts';
import { sessionsRouter } from './sessions.ts';

/** Every procedure of the server. Names and shapes are a promise to programs that we do not know. */
export const appRouter = router({
  server: serverRouter,
  players: playersRouter,
  games: gamesRouter,
  characters: charactersRouter,
  play: playRouter,
  sessions: sessionsRouter,
  experiments: experimentsRouter,
  admin: adminRouter,
});

export type AppRouter = typeof appRouter;

/** Calls procedures without a network, through the same middleware; for server-side rendering. */
export const createCaller = createCallerFactory(appRouter);
export type ApiCaller = ReturnType<typeof createCaller>;
