import { holdMsOf } from '@dcs/engine';
import type { ExperimentMoment } from '@dcs/engine';
import type { AlertDto } from '../../alertDto.ts';
import type { CapUseDto, ModelPlayersDto, SessionInFlightDto } from '../../experimentAdminDto.ts';
import type { ModelCallSum } from '../../store/ports.ts';
import { totalOf } from '../modelUse.ts';

export interface Watched {
  readonly moment: ExperimentMoment;
  /** Of what the file says now; `null` when it is gone. */
  readonly fileRevision: string | null;
  readonly inFlight: readonly SessionInFlightDto[];
  /** Calls to models that began in the last quarter of an hour. */
  readonly recentCalls: readonly ModelCallSum[];
  readonly caps: readonly CapUseDto[];
  readonly modelPlayers: readonly ModelPlayersDto[];
}

const MINUTE_MS = 60_000;
/** A running clock without anything happening: either nobody types for very long, or something hangs. */
export const STUCK_MS = 10 * MINUTE_MS;
/** Models that failed before that may be well again. */
export const RECENT_MS = 15 * MINUTE_MS;
const FEWEST_CALLS = 5;
const MOST_FAILING = 0.2;
const NEAR = 0.8;

interface Told extends Pick<AlertDto, 'kind' | 'severity' | 'message'> {
  /** What tells it apart from others of its kind. */
  readonly about?: string;
}

const alert = ({ about, ...told }: Told): AlertDto => ({
  id: about === undefined ? told.kind : `${told.kind}:${about}`,
  ...told,
  sessionId: null,
});

const alertOfSession = (sessionId: string, told: Told): AlertDto => ({
  ...alert({ ...told, about: sessionId }),
  sessionId,
});

function aboutRevisions({ moment: { state }, fileRevision }: Watched): readonly AlertDto[] {
  if (state.revision === null) return [];
  if (fileRevision === null) {
    const message =
      'The file of this experiment is gone or cannot be used. It goes on with the configuration that is in force.';
    return [alert({ kind: 'file-gone', severity: 'warning', message })];
  }
  if (fileRevision === state.revision) return [];
  const message =
    'The file, a file of its games or one of its characters says something else than what is in force. Look at the changes and put them in force.';
  return [alert({ kind: 'file-changed', severity: 'warning', message })];
}

function aboutSessions({ moment: { now, plan }, inFlight }: Watched): readonly AlertDto[] {
  const heldMs = holdMsOf(plan);
  return inFlight.flatMap(({ sessionId, status, held, lastActiveAt, participantNumber }): AlertDto[] => {
    const idleMs = now - Date.parse(lastActiveAt);
    const minutes = Math.floor(idleMs / MINUTE_MS);
    if (status === 'active' && idleMs > STUCK_MS) {
      const message = `The session of participant ${participantNumber} runs, and nothing has happened in it for ${minutes} minutes. Look at it, and end it if it is stuck.`;
      return [alertOfSession(sessionId, { kind: 'session-stuck', severity: 'error', message })];
    }
    if (held && idleMs > heldMs) {
      const message = `The session of participant ${participantNumber} was paused by those who run it, ${minutes} minutes ago, and it still keeps a place. Let it go on, or end it.`;
      return [alertOfSession(sessionId, { kind: 'session-held', severity: 'warning', message })];
    }
    if (status === 'paused' && idleMs > heldMs) {
      const message = `Participant ${participantNumber} left a session ${minutes} minutes ago, and it still keeps a place. End it to let somebody else have the place.`;
      return [alertOfSession(sessionId, { kind: 'session-left', severity: 'warning', message })];
    }
    return [];
  });
}

const WHAT_TO_DO = 'Look at the models, and pause the experiment while they are ill.';

const areFailing = ({ calls, failures }: Pick<ModelCallSum, 'calls' | 'failures'>): boolean =>
  calls >= FEWEST_CALLS && failures / calls > MOST_FAILING;

/** Each model in each role by itself: a scorer that always fails is lost among the calls of all the others. */
function aboutModels({ recentCalls }: Watched): readonly AlertDto[] {
  const failing = recentCalls.filter(areFailing);
  if (failing.length > 0) {
    return failing.map(({ provider, model, role, calls, failures }) => {
      const message = `Of the last ${calls} calls to ${provider}:${model} as ${role}, ${failures} failed. ${WHAT_TO_DO}`;
      return alert({
        kind: 'model-failing',
        severity: 'error',
        message,
        about: `${provider}:${model}:${role}`,
      });
    });
  }
  const total = totalOf(recentCalls);
  if (!areFailing(total)) return [];
  const { calls, failures } = total;
  const message = `Of the last ${calls} calls to models, ${failures} failed. ${WHAT_TO_DO}`;
  return [alert({ kind: 'model-failing', severity: 'error', message })];
}

const UNITS = { tokens: 'tokens', dollars: 'dollars', seconds: 'seconds of models' } as const;

function aboutCaps({ caps }: Watched): readonly AlertDto[] {
  return caps.flatMap(({ measure, most, used }) => {
    const share = Math.floor((100 * used) / most);
    const what = `${share} % of the ${UNITS[measure]} that this experiment may use`;
    if (used >= most) {
      const message = `${what} are used: no model is asked any more. Raise the cap in its file, or close it.`;
      return [alert({ kind: 'cap-reached', severity: 'error', message, about: measure })];
    }
    if (used < NEAR * most) return [];
    return [alert({ kind: 'cap-near', severity: 'warning', message: `${what} are used.`, about: measure })];
  });
}

const isOfModels = (reason: string): boolean => /^(?:model|limit)\//.test(reason);

function aboutModelPlayers({ modelPlayers }: Watched): readonly AlertDto[] {
  return modelPlayers.flatMap(({ model, gaveUp, standstill }): AlertDto[] => {
    const about = model;
    const waits =
      standstill?.isTrouble === true
        ? alert({
            kind: 'model-player-waits',
            severity: isOfModels(standstill.reason) ? 'error' : 'warning',
            message: `Model players wait because ${model} cannot go on: ${standstill.message} It is tried again by itself.`,
            about,
          })
        : null;
    const message = `Of the participants that ${model} plays, ${gaveUp} gave up: their sessions broke off again and again. Look at the sessions.`;
    const left =
      gaveUp === 0 ? null : alert({ kind: 'model-player-gave-up', severity: 'warning', message, about });
    return [waits, left].filter((one) => one !== null);
  });
}

export const gravestFirst = (alerts: readonly AlertDto[]): readonly AlertDto[] =>
  alerts.toSorted((left, right) => Number(right.severity === 'error') - Number(left.severity === 'error'));

/** What somebody should look at, errors first. */
export function experimentAlerts(watched: Watched): readonly AlertDto[] {
  const { run } = watched.moment.state;
  const message = 'This experiment is paused: nobody can begin anything.';
  const paused = alert({ kind: 'paused', severity: 'warning', message });
  const alerts = [
    ...(run === 'paused' ? [paused] : []),
    ...aboutCaps(watched),
    ...aboutModels(watched),
    ...aboutModelPlayers(watched),
    ...aboutSessions(watched),
    ...aboutRevisions(watched),
  ];
  return gravestFirst(alerts);
}
