import type { Timers } from '../services/timers.ts';

/** How long each part of a call may take, in milliseconds. */
export interface PhaseLimits {
  /** From the question to the first byte of the answer, connecting included. */
  readonly firstByteMs: number;
  /** From one byte of the answer to the next. */
  readonly silenceMs: number;
  /** The whole call. */
  readonly callMs: number;
}

export type LatePhase = keyof PhaseLimits;

export interface PhaseWatch extends Disposable {
  /** Bytes of the answer have come. */
  arrived(): void;
}

/** Calls back once, with the part of the call that takes too long, unless disposed of before. */
export function watchPhases(
  limits: PhaseLimits,
  timers: Timers,
  onLate: (phase: LatePhase) => void,
): PhaseWatch {
  const arm = (phase: LatePhase) => timers.after(limits[phase], () => onLate(phase));
  const call = arm('callMs');
  let silence = arm('firstByteMs');
  return {
    arrived: () => {
      silence.cancel();
      silence = arm('silenceMs');
    },
    [Symbol.dispose]: () => {
      call.cancel();
      silence.cancel();
    },
  };
}
