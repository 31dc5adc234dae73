import type { PlayLink } from '#lib/play/playLink.ts';

export function createClientLink(_options: { sessionId: string; origin: string }): PlayLink {
  const problem = { ok: false, reason: 'x', message: 'x', retryable: false } as const;
  return {
    start: (_after, listener) => listener.state('open'),
    open: async () => ({ ok: true }),
    act: async () => problem,
    close: async () => problem,
    stop: () => undefined,
  };
}
