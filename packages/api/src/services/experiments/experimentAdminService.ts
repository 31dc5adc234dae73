import { onePrice, participantOverviews } from '@dcs/engine';
import type {
  ExperimentCommand,
  ExperimentConfig,
  ExperimentManager,
  ExperimentMoment,
  Participant,
  ParticipantOverview,
  ParticipantStage,
  PreflightReport,
  SessionManager,
} from '@dcs/engine';
import type { AlertCountsDto } from '../../alertDto.ts';
import { contentChanges } from '../../catalog/index.ts';
import type {
  AdminExperimentDto,
  AdminExperimentsDto,
  AdminParticipantDto,
  AdminParticipantsDto,
  AdminRevisionsDto,
  ExperimentTickDto,
} from '../../experimentAdminDto.ts';
import { ApiError } from '../../errors.ts';
import { isoTime } from '../../isoTime.ts';
import type { AuditLog, ModelCallStore, SessionCatalogue } from '../../store/ports.ts';
import { authorise } from '../authorise.ts';
import type { Principal } from '../authorise.ts';
import type { Timers } from '../timers.ts';
import { alertTicks } from './alerts/alertTicks.ts';
import type { AlertWatch } from './alerts/alertWatch.ts';
import { furtherAlerts } from './alerts/furtherAlerts.ts';
import type { AssignmentSessions } from './assignmentSessions.ts';
import { codeFor, isCodeFor } from './completionCode.ts';
import { adminRowDto, dashboardDto } from './dashboardDto.ts';
import { createCallFigures } from './callFigures.ts';
import { decided } from './decided.ts';
import { createExperimentMoments } from './experimentMoments.ts';
import type { OfExperiment } from './experimentService.ts';
import type { ExperimentPlans } from './experimentPlans.ts';
import type { ModelPlayers } from './modelPlayers/index.ts';
import { experimentTicks } from './experimentTicks.ts';
import { namesPage } from './namesPage.ts';
import type { NamesRequest } from './namesPage.ts';
import { recordedPrices } from './recordedPrices.ts';
import type { Rehearse } from './rehearse.ts';
import { sessionsInFlight } from './sessionsInFlight.ts';

export interface ExperimentAdminServicePorts {
  readonly experiments: ExperimentManager;
  readonly plans: ExperimentPlans;
  readonly endings: Pick<AssignmentSessions, 'settled' | 'catchUp'>;
  readonly manager: Pick<SessionManager, 'presentInMemory'>;
  readonly sessions: Pick<SessionCatalogue, 'getAll'>;
  readonly calls: Pick<ModelCallStore, 'sums' | 'figures'>;
  readonly audit: AuditLog;
  readonly modelPlayers: Pick<ModelPlayers, 'waitingIn'>;
  readonly alerts: Pick<AlertWatch, 'standing' | 'counts' | 'onChanged'>;
  readonly rehearse: Rehearse;
  readonly clock: { now(): number };
  readonly timers: Timers;
  readonly newId: () => string;
}

export const PARTICIPANT_ORDERS = ['number', 'lastAt', 'completed'] as const;

export interface ParticipantsRequest extends OfExperiment {
  readonly stage?: ParticipantStage | undefined;
  /** A number, the beginning of an id, or a completion code. */
  readonly search: string;
  readonly order: (typeof PARTICIPANT_ORDERS)[number];
  readonly limit: number;
  /** How many rows were seen. */
  readonly offset: number;
}

export interface PreflightRequest extends OfExperiment {
  readonly participants: number;
  readonly seed: string;
  /** Of each call to a model; left out, what calls have cost. */
  readonly dollarsPerCall?: number | undefined;
}

/** Watching and steering experiments. Everything that changes something is in the audit log. */
export interface ExperimentAdminService {
  list(principal: Principal | null, request: NamesRequest): Promise<AdminExperimentsDto>;
  dashboard(principal: Principal | null, request: OfExperiment): Promise<AdminExperimentDto>;
  participants(principal: Principal | null, request: ParticipantsRequest): Promise<AdminParticipantsDto>;
  revisions(principal: Principal | null, request: OfExperiment): Promise<AdminRevisionsDto>;
  /** Nobody begins anything until it is resumed. Repeatable. */
  pause(principal: Principal | null, request: OfExperiment & { readonly reason: string }): Promise<void>;
  resume(principal: Principal | null, request: OfExperiment): Promise<void>;
  /**
   * Puts what the file says now in force, as long as that is `revision`: nobody puts something in force that they have not
   * looked at. Starts an experiment that was not started.
   */
  revise(principal: Principal | null, request: OfExperiment & { readonly revision: string }): Promise<void>;
  /** Simulates participants, with what the file says now. Changes nothing. */
  preflight(principal: Principal | null, request: PreflightRequest): Promise<PreflightReport>;
  /** Tells of everything new until the signal aborts. */
  ticks(
    principal: Principal | null,
    request: OfExperiment,
    signal: AbortSignal,
  ): AsyncIterable<ExperimentTickDto>;
  /** How many alerts the experiments have, and again whenever that is different, until the signal aborts. */
  alerts(principal: Principal | null, signal: AbortSignal): AsyncIterable<readonly AlertCountsDto[]>;
}

function compare(order: ParticipantsRequest['order']) {
  return (left: ParticipantOverview, right: ParticipantOverview): number => {
    if (order === 'lastAt') return right.participant.lastAt - left.participant.lastAt;
    if (order === 'completed') return right.completed - left.completed;
    return left.participant.number - right.participant.number;
  };
}

/** In characters. Ids begin with anything: less of one would find some whenever a number is looked for. */
const LEAST_OF_ID = 4;

/** `wanted` is a number, the beginning of an id or a completion code, in lower case. */
function isFoundBy(
  wanted: string,
  { number, participantId }: Participant,
  config: ExperimentConfig,
): boolean {
  const isId = wanted.length >= LEAST_OF_ID && participantId.startsWith(wanted);
  return isId || `${number}` === wanted || isCodeFor(wanted, config, participantId);
}

function participantDto(moment: ExperimentMoment, one: ParticipantOverview): AdminParticipantDto {
  const { participant, current } = one;
  const { participantId, number, kind, model, joinedAt, lastAt } = participant;
  return {
    participantId,
    number,
    kind,
    model,
    stage: one.stage,
    completed: one.completed,
    most: moment.plan.config.assignment.maxPerParticipant,
    attempts: one.attempts,
    forms: one.forms,
    joinedAt: isoTime(joinedAt),
    lastAt: isoTime(lastAt),
    current:
      current === null
        ? null
        : {
            assignmentId: current.assignmentId,
            game: current.game,
            pc: current.pc,
            npc: current.npc,
            status: current.status,
            sessionId: current.attempts.at(-1)?.sessionId ?? null,
          },
    completionCode: codeFor(moment.plan.config, participantId),
  };
}

export function createExperimentAdminService(ports: ExperimentAdminServicePorts): ExperimentAdminService {
  const { experiments, plans, calls, clock } = ports;
  const { nameOf, momentOf } = createExperimentMoments(ports);
  const callFiguresOf = createCallFigures(ports);

  interface Steering {
    readonly action: string;
    readonly command: ExperimentCommand;
    readonly details?: Readonly<Record<string, string>>;
  }

  /** The account comes before the deed: a crash between them leaves an entry too many, never one too few. */
  async function steer(principal: Principal, name: string, { action, command, details = {} }: Steering) {
    await ports.audit.append({
      auditId: ports.newId(),
      at: clock.now(),
      actorId: principal.playerId,
      action,
      targetId: name,
      details,
    });
    await decided(experiments, name, command);
  }

  return {
    list: async (principal, request) => {
      authorise(principal, 'admin.experiments', null);
      const problems = await plans.reread();
      const { shown, nextCursor } = namesPage(await plans.names(), request);
      const moments = await Promise.all(shown.map((name) => experiments.present(name)));
      const offered = await Promise.all(shown.map((name) => plans.offered(name)));
      return {
        problems,
        alerts: ports.alerts.counts(),
        experiments: moments.flatMap((moment, index) =>
          moment === null ? [] : [adminRowDto(moment, offered[index]?.revision ?? null)],
        ),
        nextCursor,
      };
    },

    dashboard: async (principal, { name }) => {
      authorise(principal, 'admin.experiments', null);
      const moment = await momentOf(name);
      const experimentId = moment.plan.name;
      const [offered, inFlight, { sums, figures, recent }] = await Promise.all([
        plans.offered(experimentId),
        sessionsInFlight(ports, moment),
        callFiguresOf(experimentId),
      ]);
      return dashboardDto(moment, {
        fileRevision: offered?.revision ?? null,
        inFlight,
        sums,
        figures,
        recentCalls: recent,
        waitingPlayers: ports.modelPlayers.waitingIn(experimentId),
        furtherAlerts: furtherAlerts(moment, inFlight, ports.alerts.standing),
      });
    },

    participants: async (principal, { name, stage, search, order, limit, offset }) => {
      authorise(principal, 'admin.experiments', null);
      const moment = await momentOf(name);
      const wanted = search.toLowerCase();
      const found = participantOverviews(moment)
        .filter((one) => stage === undefined || one.stage === stage)
        .filter(({ participant }) => wanted === '' || isFoundBy(wanted, participant, moment.plan.config))
        .toSorted(compare(order));
      const page = found.slice(offset, offset + limit);
      return {
        total: found.length,
        participants: page.map((one) => participantDto(moment, one)),
        nextCursor: offset + limit < found.length ? String(offset + limit) : null,
      };
    },

    revisions: async (principal, { name: asked }) => {
      authorise(principal, 'admin.experiments', null);
      await plans.reread();
      const { state, plan } = await momentOf(asked);
      const file = await plans.offered(plan.name);
      const history = state.revisions.map(({ revision, at }) => ({ revision, at: isoTime(at) }));
      return {
        inForce: history.at(-1) ?? null,
        history,
        file: file === null ? null : { revision: file.revision, changes: contentChanges(plan, file) },
        problems: plans.problemsOf(plan.name),
      };
    },

    pause: async (principal, { name: asked, reason }) => {
      const admin = authorise(principal, 'admin.experiments', null);
      const command: ExperimentCommand = { type: 'pause', by: admin.playerId, reason };
      await steer(admin, await nameOf(asked), { action: 'experiment/paused', command, details: { reason } });
    },

    resume: async (principal, { name: asked }) => {
      const admin = authorise(principal, 'admin.experiments', null);
      const command: ExperimentCommand = { type: 'resume', by: admin.playerId };
      await steer(admin, await nameOf(asked), { action: 'experiment/resumed', command });
    },

    revise: async (principal, { name: asked, revision }) => {
      const admin = authorise(principal, 'admin.experiments', null);
      const name = await nameOf(asked);
      await plans.reread();
      // Kept before anything is decided by it.
      const planned = await plans.planned(name, null);
      if (planned?.revision !== revision) {
        const message = 'The files say something else by now. Look at the changes again.';
        throw new ApiError('experiment/file-changed', message, { code: 'CONFLICT' });
      }
      const command: ExperimentCommand = { type: 'revise', by: admin.playerId, revision };
      await steer(admin, name, { action: 'experiment/revised', command, details: { revision } });
    },

    preflight: async (principal, { name: asked, participants, seed, dollarsPerCall }) => {
      authorise(principal, 'admin.experiments', null);
      await plans.reread();
      const name = await nameOf(asked);
      const offered = await plans.offered(name);
      const { config, dependencies } = offered ?? (await momentOf(name)).plan;
      const now = clock.now();
      const prices =
        dollarsPerCall === undefined
          ? await recordedPrices(calls, { experimentId: name, now })
          : onePrice(dollarsPerCall);
      return ports.rehearse({
        config,
        participants,
        seed,
        startsAt: now,
        prices,
        gameFiles: dependencies.games.map(({ file }) => file),
        characters: dependencies.characters,
      });
    },

    ticks: async function* (principal, { name: asked }, signal) {
      authorise(principal, 'admin.experiments', null);
      yield* experimentTicks(ports, await nameOf(asked), signal);
    },

    alerts: async function* (principal, signal) {
      authorise(principal, 'admin.experiments', null);
      yield* alertTicks(ports.alerts, signal);
    },
  };
}
