import type { ModelReportDto, ModelReportInput } from '@dcs/api';
import type { Answered } from '#lib/answered.ts';
import { whileSeen } from '#lib/whileSeen.ts';
import type { WhileSeenPorts } from '#lib/whileSeen.ts';

/** Where newer reports come from. */
export interface ReportLink {
  report(input: ModelReportInput): Promise<Answered<ModelReportDto>>;
  stop(): void;
}

export interface FreshReportPorts extends Pick<WhileSeenPorts, 'scheduler' | 'isSeen'> {
  readonly link: ReportLink;
}

/** Slow enough for the database to count anew each time, soon enough to watch a model fail. */
export const REFRESH_MS = 20_000;

/** The report that the page came with, and then the latest one. One that cannot be had leaves the last in place. */
export class FreshReport {
  #latest = $state.raw<{ readonly from: ModelReportDto; readonly report: ModelReportDto } | null>(null);
  #isStale = $state(false);
  readonly #given: () => ModelReportDto;

  constructor(given: () => ModelReportDto) {
    this.#given = given;
  }

  get report(): ModelReportDto {
    const given = this.#given();
    return this.#latest?.from === given ? this.#latest.report : given;
  }

  /** The last attempt brought nothing: what is shown is older than it should be. */
  get isStale(): boolean {
    return this.#isStale;
  }

  /** Keeps asking until the result is called. */
  follow(input: ModelReportInput, { link, scheduler, isSeen }: FreshReportPorts): () => void {
    const from = this.#given();
    this.#isStale = false;
    const stop = whileSeen(
      async (isOver) => {
        const answer = await link.report(input);
        if (isOver()) return;
        this.#isStale = !answer.ok;
        if (answer.ok) this.#latest = { from, report: answer };
      },
      { scheduler, isSeen, pauseMs: () => REFRESH_MS },
    );
    return () => {
      stop();
      link.stop();
    };
  }
}
