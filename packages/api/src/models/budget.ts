import type { ModelFailureReason, ModelOccasion, ModelRequest } from '@dcs/engine';
import { LRUCache } from 'lru-cache';
import { CALL_SCOPES } from '../store/ports.ts';
import type { CallScope, ModelCallFilter, ModelCallStore } from '../store/ports.ts';
import { createAccount, MEASURES, NOTHING, plus } from './account.ts';
import type { Account, Amount, Measure } from './account.ts';
import { CallFailure, cancelled } from './callFailure.ts';
import type { ExperimentCaps } from './experimentCaps.ts';

/** What may be spent at most. A measure without a limit is Infinity. */
export interface Caps {
  readonly turn: Amount;
  readonly session: Amount;
  /** By all sessions of a player within `playerWindowMs`. */
  readonly player: Amount;
  readonly playerWindowMs: number;
  /** By all sessions of one experiment together. */
  readonly experiment: Amount;
}

export interface BudgetPorts {
  readonly caps: Caps;
  /** What the experiments want kept to beside that. */
  readonly experiments: Pick<ExperimentCaps, 'of'>;
  readonly store: Pick<ModelCallStore, 'sums'>;
  /** Resolves when all calls that are settled by now are in the store. */
  readonly recorded: () => Promise<void>;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** A call that was let in. */
export interface Hold {
  /** Milliseconds that it may take; Infinity without a limit. */
  readonly msLeft: number;
  /** Why the call must end, now that it has used so much; `null` while it may go on. */
  exceeded(soFar: Amount): CallFailure | null;
  /** The call is over. To be called once. */
  settle(used: Amount): void;
}

/** What a call will use in any case, and what it may use. */
export interface Needs {
  readonly least: Amount;
  readonly most: Amount;
}

export interface ModelBudget {
  /**
   * Lets a call in; near a cap it waits for calls that are under way. Rejects with CallFailure when there is nothing left
   * for it, or when that cannot be known.
   */
  take(request: ModelRequest, needs: Needs): Promise<Hold>;
}

const REASONS: Readonly<Record<Measure, ModelFailureReason>> = {
  tokens: 'limit/model-tokens',
  dollars: 'limit/model-cost',
  ms: 'limit/model-time',
};

const overdrawn = (scope: string, measure: Measure): CallFailure =>
  new CallFailure(REASONS[measure], `The ${measure} of this ${scope} are spent.`);

/** Accounts in memory; one that is dropped is counted anew from the records. */
const MOST_ACCOUNTS = 50_000;
/** So that calls of other servers count as well, soon enough. */
const FRESH_MS = 60_000;

/** What is limited, for whom. */
interface Charge {
  readonly scope: CallScope;
  readonly id: string;
  readonly cap: Amount;
  /** What of the records counts; `null` for a turn, which is not older than its server. */
  readonly recordedAs: ((now: number) => ModelCallFilter) | null;
}

interface Entry extends Charge {
  readonly account: Account;
  readAt: number | null;
  reading: Promise<void> | null;
}

const isLimited = (cap: Amount): boolean => MEASURES.some((measure) => cap[measure] !== Infinity);

export function createModelBudget(ports: BudgetPorts): ModelBudget {
  const { caps, experiments, store, recorded, now } = ports;
  // By size: room for a number of entries would be set aside before there are any.
  const entries = new LRUCache<string, Entry>({ maxSize: MOST_ACCOUNTS, sizeCalculation: () => 1 });

  function entryOf(charge: Charge): Entry {
    const key = `${charge.scope}/${charge.id}`;
    const found = entries.get(key);
    if (found !== undefined) return found;
    const made = { ...charge, account: createAccount(charge.cap), readAt: null, reading: null };
    entries.set(key, made);
    return made;
  }

  /** By the settings: of a player, whatever they play counts, within the window. */
  function chargesOf({ sessionId, playerId, experimentId, afterSeq }: ModelOccasion): readonly Charge[] {
    const since = (at: number): number => at - caps.playerWindowMs;
    const charges: readonly Charge[] = [
      { scope: 'turn', id: `${sessionId}/${afterSeq}`, cap: caps.turn, recordedAs: null },
      { scope: 'session', id: sessionId, cap: caps.session, recordedAs: () => ({ sessionId }) },
      {
        scope: 'player',
        id: playerId,
        cap: caps.player,
        recordedAs: (at) => ({ playerId, since: since(at) }),
      },
    ];
    if (experimentId === null) return charges;
    const whole = { id: experimentId, cap: caps.experiment, recordedAs: () => ({ experimentId }) };
    return [...charges, { scope: 'experiment', ...whole }, ...chargesBy(experimentId)];

    /** By the experiment: what belongs to it counts, and nothing else. */
    function chargesBy(experiment: string): readonly Charge[] {
      const ofExperiment: Readonly<Record<CallScope, Pick<Charge, 'id' | 'recordedAs'>>> = {
        turn: { id: `${sessionId}/${afterSeq}`, recordedAs: null },
        session: { id: sessionId, recordedAs: () => ({ sessionId }) },
        player: { id: playerId, recordedAs: () => ({ playerId, experimentId: experiment }) },
        experiment: { id: experiment, recordedAs: () => ({ experimentId: experiment }) },
      };
      const own = experiments.of(experiment);
      return CALL_SCOPES.flatMap((scope): Charge[] => {
        const cap = own[scope];
        if (cap === undefined) return [];
        const { id, recordedAs } = ofExperiment[scope];
        // A cap that is changed has an account of its own, which is counted anew from the records.
        const limits = MEASURES.map((measure) => cap[measure]).join(' ');
        return [{ scope, id: `${id} by ${experiment}: ${limits}`, cap, recordedAs }];
      });
    }
  }

  function entriesOf(occasion: ModelOccasion): readonly Entry[] {
    return chargesOf(occasion)
      .filter(({ cap }) => isLimited(cap))
      .map(entryOf);
  }

  async function read({ account }: Entry, filter: ModelCallFilter): Promise<void> {
    const known = account.settled;
    await recorded();
    const sums = await store.sums(filter);
    const spent = sums.reduce<Amount>(
      (sum, { inputTokens, outputTokens, costUsd, totalMs }) =>
        plus(sum, { tokens: inputTokens + outputTokens, dollars: costUsd, ms: totalMs }),
      NOTHING,
    );
    account.startFrom(spent, known);
  }

  async function upToDate(entry: Entry): Promise<void> {
    if (entry.recordedAs === null) return;
    const at = now();
    if (entry.readAt !== null && at - entry.readAt < FRESH_MS) return;
    entry.reading ??= read(entry, entry.recordedAs(at))
      .then(() => {
        entry.readAt = at;
      })
      .finally(() => {
        entry.reading = null;
      });
    try {
      await entry.reading;
    } catch (cause) {
      throw new CallFailure('model/unavailable', 'What was spent on models cannot be read.', { cause });
    }
  }

  /** The last look at the accounts and the hold are one step, so that no two calls take the same room. */
  async function admit(
    { cancellation }: ModelRequest,
    found: readonly Entry[],
    { least, most }: Needs,
  ): Promise<Hold> {
    for (;;) {
      for (const { scope, account } of found) {
        const measure = account.exceededBy(least);
        if (measure !== null) throw overdrawn(scope, measure);
      }
      const full = found.find(({ account }) => !account.hasRoom);
      if (full === undefined) return holdOf(found, most);
      await full.account.changed(cancellation);
      if (cancellation.aborted) throw cancelled();
    }
  }

  return {
    take: async (request, needs) => {
      const found = request.occasion === null ? [] : entriesOf(request.occasion);
      await Promise.all(found.map(upToDate));
      return admit(request, found, needs);
    },
  };
}

function holdOf(found: readonly Entry[], most: Amount): Hold {
  for (const { account } of found) account.hold(most);
  return {
    msLeft: Math.min(Infinity, ...found.map(({ account }) => account.msLeft)),
    exceeded: (soFar) => {
      for (const { scope, account } of found) {
        const measure = account.exceededBy(soFar);
        if (measure !== null) return overdrawn(scope, measure);
      }
      return null;
    },
    settle: (used) => {
      for (const { account } of found) account.settle(most, used);
    },
  };
}
