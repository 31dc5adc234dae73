import type { Timers } from '../../timers.ts';
import type { AlertNews, TellAlert } from './standingAlert.ts';

export interface AlertWebhookPorts {
  /** May hold a secret: it stands in no log. */
  readonly url: string;
  readonly timers: Timers;
  /** Somebody was not told: given up after several attempts, or at once where more of them would not help. Never throws. */
  readonly onFault: (fault: unknown, experiment: string) => void;
}

export interface AlertWebhook {
  readonly tell: TellAlert;
  /** What was not delivered by now is given up. Resolves when nothing is on its way. */
  stop(): Promise<void>;
}

const TIMEOUT_MS = 10_000;
const FIRST_PAUSE_MS = 1_000;
const MOST_ATTEMPTS = 5;
/** Waiting to be told. Whoever cannot be reached for so long has other troubles. */
const MOST_WAITING = 1_000;

class NotDelivered extends Error {}

const iso = (at: number): string => new Date(at).toISOString();

/** What is sent. `id` is the same at the beginning and at the end, and when the server finds the same alert after a restart. */
function bodyOf({ state, alert, at }: AlertNews): string {
  const { experiment, id, kind, severity, message, sessionId, since } = alert;
  return JSON.stringify({
    id: `${experiment}/${id}`,
    state,
    experiment,
    kind,
    severity,
    message,
    sessionId,
    since: iso(since),
    endedAt: state === 'ended' ? iso(at) : null,
  });
}

/** Whether the same request may be taken a little later. */
const isPassing = (status: number): boolean => status >= 500 || status === 408 || status === 429;

/** Tells one address of alerts, one after the other and in their order: POST with JSON. */
export function createAlertWebhook({ url, timers, onFault }: AlertWebhookPorts): AlertWebhook {
  const stopping = new AbortController();
  let waiting = 0;
  let sending: Promise<void> = Promise.resolve();

  const pause = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const timer = timers.after(ms, resolve);
      const giveUp = (): void => {
        timer.cancel();
        resolve();
      };
      if (stopping.signal.aborted) giveUp();
      else stopping.signal.addEventListener('abort', giveUp, { once: true });
    });

  /** Rejects when there is no answer in time; resolves with the status. */
  async function post(body: string): Promise<number> {
    const timeout = new AbortController();
    const timer = timers.after(TIMEOUT_MS, () =>
      timeout.abort(new NotDelivered('It did not answer in time.')),
    );
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
        // Followed, it would become a GET, and tell nobody anything.
        redirect: 'manual',
        signal: AbortSignal.any([timeout.signal, stopping.signal]),
      });
      await response.body?.cancel();
      return response.status;
    } finally {
      timer.cancel();
    }
  }

  async function deliver(news: AlertNews): Promise<void> {
    const body = bodyOf(news);
    for (let attempt = 1; !stopping.signal.aborted; attempt += 1) {
      let fault: unknown;
      try {
        const status = await post(body);
        if (status >= 200 && status < 300) return;
        fault = new NotDelivered(`It answered with status ${status}.`);
        if (!isPassing(status)) return onFault(fault, news.alert.experiment);
      } catch (thrown) {
        fault = thrown;
      }
      if (stopping.signal.aborted) return;
      if (attempt === MOST_ATTEMPTS) return onFault(fault, news.alert.experiment);
      await pause(FIRST_PAUSE_MS * 2 ** (attempt - 1));
    }
  }

  return {
    tell: (news) => {
      if (waiting >= MOST_WAITING) {
        return onFault(new NotDelivered('Too many alerts wait to be told.'), news.alert.experiment);
      }
      waiting += 1;
      sending = sending
        .then(() => deliver(news))
        .finally(() => {
          waiting -= 1;
        });
    },
    stop: async () => {
      stopping.abort();
      await sending;
    },
  };
}
