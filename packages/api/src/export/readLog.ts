import { createExperimentFold } from '@dcs/engine';
import type { ExperimentEvent, ExperimentLog, ExperimentState } from '@dcs/engine';

const LOG_PAGE = 500;

/** The log of an experiment from its first event to `untilSeq`, a page of it in memory at a time. */
export async function* readExperimentLog(
  log: Pick<ExperimentLog, 'read'>,
  experiment: string,
  untilSeq = Number.POSITIVE_INFINITY,
): AsyncGenerator<ExperimentEvent, void> {
  for (let lastSeq = 0; ;) {
    const page = await log.read(experiment, lastSeq, LOG_PAGE);
    for (const event of page) {
      if (event.seq > untilSeq) return;
      yield event;
    }
    if (page.length < LOG_PAGE) return;
    lastSeq = page.at(-1)?.seq ?? lastSeq;
  }
}

export async function foldExperiment(
  events: AsyncIterable<ExperimentEvent> | Iterable<ExperimentEvent>,
): Promise<ExperimentState> {
  const fold = createExperimentFold();
  for await (const event of events) fold.apply(event);
  return fold.state;
}
