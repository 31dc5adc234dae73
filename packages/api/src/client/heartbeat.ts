export interface HeartbeatOptions {
  /** Silence after which the other side is asked; as much again, and it is given up. */
  readonly silenceMs: number;
  readonly ask: () => void;
  readonly giveUp: () => void;
}

/** Notices a line that is dead without having been closed, as after a night's sleep of a laptop. */
export interface Heartbeat {
  start(): void;
  heard(): void;
  stop(): void;
}

export function createHeartbeat({ silenceMs, ask, giveUp }: HeartbeatOptions): Heartbeat {
  let timer: ReturnType<typeof setInterval> | undefined;
  let silentFor = 0;

  function stop(): void {
    clearInterval(timer);
    timer = undefined;
  }

  return {
    start: () => {
      stop();
      silentFor = 0;
      timer = setInterval(() => {
        silentFor += 1;
        if (silentFor === 1) return;
        if (silentFor === 2) ask();
        else giveUp();
      }, silenceMs / 2);
    },
    heard: () => {
      silentFor = 0;
    },
    stop,
  };
}
