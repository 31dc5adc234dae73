import { createServer } from 'node:http';
import { describe, expect, it } from 'vitest';
import { manualTimers } from '../../../../test/support/manualTimers.ts';
import { until } from '../../../../test/support/until.ts';
import { createAlertWebhook } from './alertWebhook.ts';
import { standingAlert } from './testing.ts';
import type { AlertNews } from './standingAlert.ts';

interface Heard {
  readonly method: string | undefined;
  readonly type: string | undefined;
  readonly body: unknown;
}

/** Somebody who is told of alerts, and answers as the test wants it: with these statuses in turn, `null` being no answer at all. */
async function listener(statuses: readonly (number | null)[] = []) {
  const heard: Heard[] = [];
  const left = [...statuses];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => void parts.push(part));
    request.on('end', () => {
      const body: unknown = JSON.parse(Buffer.concat(parts).toString('utf8'));
      heard.push({ method: request.method, type: request.headers['content-type'], body });
      const status = left.length === 0 ? 204 : left.shift();
      if (status === null || status === undefined) return;
      response.writeHead(status, status === 302 ? { location: '/elsewhere' } : {}).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('It has no port.');
  return {
    url: `http://127.0.0.1:${address.port}/hook?token=secret`,
    heard,
    [Symbol.asyncDispose]: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function webhookTo(url: string) {
  const timers = manualTimers();
  const faults: unknown[] = [];
  let lastSet = 0;
  const webhook = createAlertWebhook({
    url,
    timers: {
      ...timers,
      after: (ms, callback) => {
        lastSet = ms;
        return timers.after(ms, callback);
      },
    },
    onFault: (fault) => void faults.push(fault),
  });
  /** Resolves when nothing is asked, and something is to be asked again after a pause. */
  const resting = () => until(() => lastSet < ANSWER_MS && timers.pending === 1);
  return { timers, faults, webhook, resting };
}

/** How long an answer is waited for. */
const ANSWER_MS = 10_000;

const begun: AlertNews = { state: 'begun', alert: standingAlert(), at: 1_000_000 };
const ended: AlertNews = { state: 'ended', alert: standingAlert(), at: 1_060_000 };

describe('an address that is told of alerts', () => {
  it('hears of each when it begins and when it is over, in that order and under one id', async () => {
    await using somebody = await listener();
    const { webhook, faults } = webhookTo(somebody.url);
    webhook.tell(begun);
    webhook.tell(ended);
    await until(() => somebody.heard.length === 2);
    const told = {
      id: 'pilot/paused',
      experiment: 'pilot',
      kind: 'paused',
      severity: 'warning',
      message: 'This experiment is paused.',
      sessionId: null,
      since: '1970-01-01T00:16:40.000Z',
    };
    expect(somebody.heard).toEqual([
      { method: 'POST', type: 'application/json', body: { ...told, state: 'begun', endedAt: null } },
      {
        method: 'POST',
        type: 'application/json',
        body: { ...told, state: 'ended', endedAt: '1970-01-01T00:17:40.000Z' },
      },
    ]);
    await webhook.stop();
    expect(faults).toEqual([]);
  });

  it.each([503, 429, 408])(
    'is told again a little later after %d, each time after a longer pause',
    async (status) => {
      await using somebody = await listener([status, status]);
      const { webhook, timers, faults, resting } = webhookTo(somebody.url);
      webhook.tell(begun);
      for (const [heard, pauseMs] of [
        [1, 1_000],
        [2, 2_000],
      ] as const) {
        await resting();
        expect(somebody.heard).toHaveLength(heard);
        timers.advance(pauseMs - 1);
        expect(timers.pending).toBe(1);
        timers.advance(1);
        await until(() => somebody.heard.length > heard);
      }
      await until(() => somebody.heard.length === 3);
      await webhook.stop();
      expect(faults).toEqual([]);
    },
  );

  it('is given up after five attempts, and then told of the next alert', async () => {
    await using somebody = await listener([500, 500, 500, 500, 500]);
    const { webhook, timers, faults, resting } = webhookTo(somebody.url);
    webhook.tell(begun);
    webhook.tell(ended);
    for (let attempt = 1; attempt < 5; attempt += 1) {
      await resting();
      timers.advance(8_000);
      await until(() => somebody.heard.length > attempt);
    }
    await until(() => somebody.heard.length === 6);
    await webhook.stop();
    expect(faults).toEqual([expect.objectContaining({ message: 'It answered with status 500.' })]);
    expect(somebody.heard.at(-1)).toMatchObject({ body: { state: 'ended' } });
  });

  it.each([404, 302])('is told once where more attempts would not help: %d', async (status) => {
    await using somebody = await listener([status]);
    const { webhook, faults } = webhookTo(somebody.url);
    webhook.tell(begun);
    await until(() => faults.length === 1);
    expect(somebody.heard).toHaveLength(1);
    await webhook.stop();
  });

  it('is not waited for longer than ten seconds', async () => {
    await using somebody = await listener([null]);
    const { webhook, timers, faults, resting } = webhookTo(somebody.url);
    webhook.tell(begun);
    await until(() => somebody.heard.length === 1);
    timers.advance(ANSWER_MS);
    await resting();
    timers.advance(1_000);
    await until(() => somebody.heard.length === 2);
    await webhook.stop();
    expect(faults).toEqual([]);
  });

  it('is let go of when the server stops, whatever is still to be told', async () => {
    await using somebody = await listener([null]);
    const { webhook, timers, faults } = webhookTo(somebody.url);
    webhook.tell(begun);
    webhook.tell(ended);
    await until(() => somebody.heard.length === 1);
    await webhook.stop();
    expect(timers.pending).toBe(0);
    expect(somebody.heard).toHaveLength(1);
    expect(faults).toEqual([]);
  });

  it('stands in no fault, because it may hold a secret', async () => {
    const { webhook, timers, faults, resting } = webhookTo('http://127.0.0.1:1/hook?token=secret');
    webhook.tell(begun);
    for (let pauseMs = 1_000; pauseMs < ANSWER_MS; pauseMs *= 2) {
      await resting();
      timers.advance(pauseMs);
    }
    await until(() => faults.length === 1);
    const [fault] = faults;
    expect(String(fault instanceof Error ? [fault.message, fault.cause] : fault)).not.toContain('secret');
    await webhook.stop();
  });
});
