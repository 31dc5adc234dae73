import type { AdminExperimentDto } from '@dcs/api';
import type { Answered } from '#lib/answered.ts';
import type { Scheduler } from '#lib/scheduler.ts';

/** Where newer figures come from, and word that there are some. */
export interface DashboardLink {
  dashboard(name: string): Promise<Answered<AdminExperimentDto>>;
  /** Calls `changed` whenever something new stands in the log of the experiment, and after a connection is back. */
  watch(name: string, changed: () => void): void;
  stop(): void;
}

export interface DashboardPorts {
  readonly link: DashboardLink;
  readonly scheduler: Scheduler;
  /** Whether anybody can see the page: nobody asks for those who look elsewhere. */
  readonly isSeen: () => boolean;
}

/** Between two questions, however much happens: figures that change faster cannot be read. */
export const PAUSE_MS = 2_000;
/** What no log tells of, such as calls to models and stuck sessions, is asked for after so long without news. */
export const REFRESH_MS = 20_000;

/** The dashboard that the page came with, and then the latest one. One that cannot be had leaves the last in place. */
export class LiveDashboard {
  #latest = $state.raw<{ readonly from: AdminExperimentDto; readonly dashboard: AdminExperimentDto } | null>(
    null,
  );
  #isStale = $state(false);
  readonly #given: () => AdminExperimentDto;

  constructor(given: () => AdminExperimentDto) {
    this.#given = given;
  }

  get current(): AdminExperimentDto {
    const given = this.#given();
    return this.#latest?.from === given ? this.#latest.dashboard : given;
  }

  /** The last attempt brought nothing: what is shown is older than it should be. */
  get isStale(): boolean {
    return this.#isStale;
  }

  /** Keeps asking until the result is called. */
  follow({ link, scheduler, isSeen }: DashboardPorts): () => void {
    const from = this.#given();
    const { name } = from;
    this.#isStale = false;
    let isOver = false;
    let hasNews = false;
    let isResting = false;
    let cancel = (): void => undefined;

    const ask = async (): Promise<void> => {
      if (isOver) return;
      cancel();
      isResting = true;
      hasNews = false;
      if (isSeen()) {
        const answer = await link.dashboard(name);
        if (isOver) return;
        this.#isStale = !answer.ok;
        if (answer.ok) this.#latest = { from, dashboard: answer };
      }
      cancel = scheduler.after(PAUSE_MS, rested);
    };
    const rested = (): void => {
      isResting = false;
      if (hasNews) void ask();
      else cancel = scheduler.after(REFRESH_MS, () => void ask());
    };

    link.watch(name, () => {
      hasNews = true;
      if (!isResting) void ask();
    });
    cancel = scheduler.after(REFRESH_MS, () => void ask());
    return () => {
      isOver = true;
      cancel();
      link.stop();
    };
  }
}
