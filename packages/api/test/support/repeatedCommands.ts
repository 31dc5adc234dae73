import assert from 'node:assert/strict';
import type { SessionEvent } from '@dcs/engine';
import type { TRPCClient } from '@trpc/client';
import fc from 'fast-check';
import type { AppRouter } from '../../src/client/index.ts';
import type { Ending, RestartingApp } from './restartingApp.ts';
import { refusalIn, WAYS } from './ways.ts';
import type { Way, Ways } from './ways.ts';

type Trpc = TRPCClient<AppRouter>;

/** A command that may be sent any number of times. */
export interface RepeatedCommand {
  /** For messages. */
  readonly name: string;
  readonly ways: Ways;
  readonly send: (trpc: Trpc) => Promise<unknown>;
}

/** One delivery of a command: in the volley of its first plus `later`. */
interface Copy {
  readonly way: Way;
  readonly later: number;
}

interface Restart {
  readonly volley: number;
  readonly ending: Ending;
}

/** How often, when and by which way each command is sent, and when the server is restarted in the middle of it. */
export interface RepetitionPlan {
  readonly copies: readonly (readonly Copy[])[];
  readonly restarts: readonly Restart[];
}

/** Plans for `count` commands. */
export function repetitionPlan(count: number): fc.Arbitrary<RepetitionPlan> {
  const copy = fc.record({ way: fc.constantFrom(...WAYS), later: fc.nat({ max: count }) });
  const restart = fc.record({
    volley: fc.nat({ max: count - 1 }),
    ending: fc.constantFrom<Ending>('stop', 'crash'),
  });
  return fc.record({
    copies: fc.array(fc.array(copy, { minLength: 1, maxLength: 5 }), { minLength: count, maxLength: count }),
    restarts: fc.array(restart, { maxLength: 1 }),
  });
}

/** What became of one delivery. */
type Outcome =
  { readonly ok: true; readonly reply: unknown } | { readonly ok: false; readonly reason: string };

/** Sends until there is an answer that another attempt would not change. */
async function insist(send: () => Promise<unknown>): Promise<Outcome> {
  for (;;) {
    try {
      return { ok: true, reply: await send() };
    } catch (error) {
      const refusal = refusalIn(error);
      if (refusal !== null && !refusal.retryable) return { ok: false, reason: refusal.reason };
      await new Promise((resolve) => setTimeout(resolve, 1)); // the server is being restarted
    }
  }
}

const deliver = ({ ways, send }: RepeatedCommand, way: Way): Promise<Outcome> =>
  insist(() => send(ways.trpc[way]));

/** The replies that were given, by command; each only once, because all must be the same. */
export type Replies = Map<RepeatedCommand, unknown>;

function note(replies: Replies, command: RepeatedCommand, outcome: Outcome): void {
  const { name } = command;
  if (!outcome.ok) {
    assert.fail(
      `${name} was refused (${outcome.reason})${replies.has(command) ? ' after it was done' : ''}.`,
    );
  }
  if (replies.has(command)) {
    assert.deepEqual(outcome.reply, replies.get(command), `${name} has one reply.`);
  } else {
    replies.set(command, outcome.reply);
  }
}

interface PlannedCopy {
  /** Of the command in the order of sending. */
  readonly index: number;
  /** By how many volleys. */
  readonly later: number;
  /** 0 for the first. */
  readonly copy: number;
}

/** The copies that are to be sent at once. */
function copiesOf(
  commands: readonly RepeatedCommand[],
  plan: RepetitionPlan,
  isDue: (copy: PlannedCopy) => boolean,
) {
  return commands.flatMap((command, index) =>
    (plan.copies[index] ?? [])
      .filter(({ later }, copy) => isDue({ index, later, copy }))
      .map(({ way }) => ({ command, way })),
  );
}

/**
 * Sends commands, one after the other as far as their first copies go, and their further copies whenever the plan says:
 * together with later commands, and by other ways. Every copy must get the reply of the first.
 */
export async function sendInOrder(
  running: RestartingApp,
  commands: readonly RepeatedCommand[],
  plan: RepetitionPlan,
): Promise<Replies> {
  const replies: Replies = new Map();
  for (let volley = 0; volley < commands.length; volley += 1) {
    const due = copiesOf(commands, plan, ({ index, later, copy }) => {
      const lastVolley = commands.length - 1;
      return Math.min(index + (copy === 0 ? 0 : later), lastVolley) === volley;
    });
    const sent = due.map(async ({ command, way }) => ({ command, outcome: await deliver(command, way) }));
    for (const { volley: at, ending } of plan.restarts) if (at === volley) await running.restart(ending);
    for (const { command, outcome } of await Promise.all(sent)) note(replies, command, outcome);
  }
  for (const command of commands) {
    for (const way of WAYS) note(replies, command, await deliver(command, way));
  }
  return replies;
}

/**
 * Sends commands all mixed up. What is refused may be sent again and succeed later; what was answered stays answered.
 * Returns the commands that had an effect.
 */
export async function sendInAnyOrder(
  running: RestartingApp,
  commands: readonly RepeatedCommand[],
  plan: RepetitionPlan,
): Promise<Replies> {
  const replies: Replies = new Map();
  for (let volley = 0; volley < commands.length; volley += 1) {
    const done = new Set(replies.keys());
    const due = copiesOf(commands, plan, ({ index, later }) => (index + later) % commands.length === volley);
    const sent = due.map(async ({ command, way }) => ({ command, outcome: await deliver(command, way) }));
    for (const { volley: at, ending } of plan.restarts) if (at === volley) await running.restart(ending);
    for (const { command, outcome } of await Promise.all(sent)) {
      if (outcome.ok || done.has(command)) note(replies, command, outcome);
    }
  }
  for (const command of replies.keys()) {
    for (const way of WAYS) note(replies, command, await deliver(command, way));
  }
  return replies;
}

/** The log is one run of numbers, and each command that was completed was completed once. */
export function assertOneEffectEach(log: readonly SessionEvent[]): readonly string[] {
  const seqs = log.map(({ seq }) => seq);
  assert.deepEqual(
    seqs,
    log.map((_event, index) => index + 1),
  );
  const completed = log.flatMap(({ commandId, receipt }) =>
    receipt === null || commandId === null ? [] : [commandId],
  );
  assert.equal(new Set(completed).size, completed.length, 'Every command was completed once.');
  return completed;
}
