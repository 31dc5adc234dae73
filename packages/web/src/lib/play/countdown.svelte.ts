import type { SessionDto } from '@dcs/api';
import { type Measured, timeLeft, timeLeftInWords, untilNextChange } from '#lib/time.ts';

/** The time that is left, told anew only when its words change. */
export class Countdown {
  #words = $state<string | null>(null);
  #isShort = $state(false);
  #measured: (Measured & { readonly measuredAt: string }) | null = null;

  constructor(session: () => SessionDto, isLive: () => boolean) {
    $effect(() => {
      const { maxRuntimeSeconds, runtimeMs, measuredAt, status } = session();
      if (maxRuntimeSeconds === null || !isLive()) {
        this.#words = null;
        return undefined;
      }
      const measured = this.#measure(measuredAt, runtimeMs, status === 'active');
      let timer: ReturnType<typeof setTimeout> | undefined;
      const tell = (): void => {
        const left = timeLeft(measured, maxRuntimeSeconds, performance.now());
        this.#words = timeLeftInWords(left);
        this.#isShort = left <= 60_000;
        if (measured.running && left > 0) timer = setTimeout(tell, untilNextChange(left));
      };
      tell();
      return () => clearTimeout(timer);
    });
  }

  /**
   * Measured by the server's clock, told by ours: only the time since it arrived is added. A pause that is told between two
   * measurements starts or stops the clock where it stands.
   */
  #measure(measuredAt: string, runtimeMs: number, running: boolean): Measured {
    const now = performance.now();
    const last = this.#measured;
    if (last === null || last.measuredAt !== measuredAt) {
      this.#measured = { measuredAt, runtimeMs, at: now, running };
    } else if (last.running !== running) {
      const played = last.running ? now - last.at : 0;
      this.#measured = { measuredAt, runtimeMs: last.runtimeMs + played, at: now, running };
    }
    return this.#measured ?? { runtimeMs, at: now, running };
  }

  /** `null` where time is not limited. */
  get words(): string | null {
    return this.#words;
  }

  get isShort(): boolean {
    return this.#isShort;
  }
}
