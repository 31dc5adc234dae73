import { startDcsServer } from './dcsServer.ts';
import type { DcsServer } from './dcsServer.ts';
import { JUDGE_MODEL } from './pacedProvider.ts';
import type { ProviderPace } from './pacedProvider.ts';
import { startSubject } from './subjectProcess.ts';

/** Our server, asking a provider in another process for everything that models say. Both end together. */
export async function startDcsServerBehind(pace: ProviderPace): Promise<DcsServer> {
  await using resources = new AsyncDisposableStack();
  const provider = resources.use(
    await startSubject({
      program: 'pacedProviderMain.ts',
      env: {
        FIRST_MS: String(pace.firstMs),
        FIRST_SPREAD_MS: String(pace.firstSpreadMs),
        PIECE_MS: String(pace.pieceMs),
        VERDICT_MS: String(pace.verdictMs),
        PIECES: String(pace.pieces),
      },
    }),
  );
  const judge = `openai-compatible:${JUDGE_MODEL}`;
  const server = resources.use(
    await startDcsServer({
      env: {
        MODEL: 'openai-compatible:writer',
        MODEL_PLAYER_JUDGE: judge,
        MODEL_SIMULATOR_JUDGE: judge,
        MODEL_BASE_URL: `http://127.0.0.1:${provider.port}/v1`,
      },
    }),
  );
  const owned = resources.move();
  return { ...server, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}
