import type { AlertCountsDto } from '@dcs/api';

export type AlertCounts = readonly AlertCountsDto[];

/** Where word of alerts comes from. */
export interface AlertLink {
  /** Calls `told` with how many there are, again whenever that is different, and after a connection is back. */
  watch(told: (counts: AlertCounts) => void): void;
  stop(): void;
}

/** How many alerts there are: as the page came with them, and then as they are. */
export class LiveAlerts {
  #latest = $state.raw<{ readonly from: AlertCounts; readonly counts: AlertCounts } | null>(null);
  readonly #given: () => AlertCounts;

  constructor(given: () => AlertCounts) {
    this.#given = given;
  }

  get current(): AlertCounts {
    const given = this.#given();
    return this.#latest?.from === given ? this.#latest.counts : given;
  }

  /** Keeps listening until the result is called. */
  follow(link: AlertLink): () => void {
    const from = this.#given();
    link.watch((counts) => {
      this.#latest = { from, counts };
    });
    return () => link.stop();
  }
}
