import type { AlertCountsDto } from '../../../alertDto.ts';
import type { AlertWatch } from './alertWatch.ts';

/** How many alerts there are now, and again whenever that is different, until the signal aborts. */
export async function* alertTicks(
  watch: Pick<AlertWatch, 'counts' | 'onChanged'>,
  signal: AbortSignal,
): AsyncGenerator<readonly AlertCountsDto[], void, undefined> {
  let isNews = true;
  let wake = (): void => undefined;
  const onNews = (): void => {
    isNews = true;
    wake();
  };
  const onAbort = (): void => wake();
  signal.addEventListener('abort', onAbort);
  const stop = watch.onChanged(onNews);
  try {
    while (!signal.aborted) {
      if (isNews) {
        isNews = false;
        yield watch.counts();
      } else {
        await new Promise<void>((resolve) => {
          wake = resolve;
          // It may have come since the last look at it.
          if (isNews || signal.aborted) resolve();
        });
      }
    }
  } finally {
    stop();
    signal.removeEventListener('abort', onAbort);
  }
}
