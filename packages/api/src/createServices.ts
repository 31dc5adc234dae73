import { PROMPT_VERSION } from '@dcs/engine';
import { randomUUID } from 'node:crypto';
import type { AppPorts } from './appPorts.ts';
import type { Cluster } from './cluster/cluster.ts';
import type { Core } from './core.ts';
import { createExperimentServices } from './experimentServices.ts';
import { hashAccessKey, newAccessKey } from './security/index.ts';
import { createAdminService } from './services/adminService.ts';
import { createAuditService } from './services/auditService.ts';
import { createBranchService } from './services/branchService.ts';
import { createCastLabels } from './services/castLabels.ts';
import { createCatalogService } from './services/catalogService.ts';
import { createCharacterService } from './services/characterService.ts';
import { createEvaluationService } from './services/evaluationService.ts';
import { exportedFeedback } from './services/exportedFeedback.ts';
import { exportedDrafts, exportedForms } from './services/exportedForms.ts';
import { exportedParticipation, exportedSessions } from './services/exportedParticipation.ts';
import type { ExperimentService } from './services/experiments/experimentService.ts';
import { leaveExperiment } from './services/experiments/leaveExperiment.ts';
import { createFeedbackService } from './services/feedbackService.ts';
import { createHistoryService } from './services/historyService.ts';
import { createKeyRing } from './services/keyRing.ts';
import type { KeyRing } from './services/keyRing.ts';
import { createModelService } from './services/modelService.ts';
import { createPlayerAdminService } from './services/playerAdminService.ts';
import { createPlayerService } from './services/playerService.ts';
import type { PlayerService } from './services/playerService.ts';
import { createPlayService } from './services/playService.ts';
import { createRateLimiter } from './services/rateLimiter.ts';
import { createReplayService } from './services/replayService.ts';
import { createServerService } from './services/serverService.ts';
import type { ServerService } from './services/serverService.ts';
import type { Services } from './services/services.ts';
import { createSessionAccess } from './services/sessionAccess.ts';
import { createSessionAdminService } from './services/sessionAdminService.ts';
import { createSessionService } from './services/sessionService.ts';
import { createWatchRecord } from './services/watchRecord.ts';
import { createSessionStream } from './stream/sessionStream.ts';

/** A crowd may come at once; only a steady stream of new accounts is held back. */
const ARRIVALS_BURST = 1_000;

const newId = (): string => randomUUID();

/** Puts the services together. */
export function createServices(ports: AppPorts, core: Core): Services {
  const { stores, clock, timers, games } = ports;
  const { manager, bus, live } = core;
  const { log, sessions, characters, players, accessKeys } = stores;
  const dtoPorts = { games, labels: createCastLabels(characters), model: ports.modelInfo };
  const watched = createWatchRecord({ audit: stores.audit, clock });
  const access = createSessionAccess({ manager, sessions, watched });
  const keys = createKeyRing({
    accessKeys,
    players,
    clock,
    timers,
    newId,
    newKey: newAccessKey,
    successor: ports.successor,
    hash: hashAccessKey,
    onFault: (err) =>
      ports.logger.warn({ err }, 'When keys were used could not be written; it will be tried again.'),
  });
  shareRevocations(ports.cluster, keys);
  const meter = ports.metrics.stream;
  const stream = createSessionStream({ ...dtoPorts, manager, log, bus, live, clock, timers, meter });
  const server = serverService(ports, core);
  const { experiments, experimentAdmin, experimentExports } = createExperimentServices(ports, core);
  return {
    keys,
    server,
    players: playerService(ports, { keys, experiments, core }),
    catalog: createCatalogService({ games, characters }),
    characters: createCharacterService({
      characters,
      audit: stores.audit,
      clock,
      newId,
      playedBy: { model: ports.modelInfo.id, promptVersion: PROMPT_VERSION },
    }),
    play: createPlayService({
      manager,
      games,
      characters,
      access,
      live,
      stream,
      newId,
      onlyExperiment: ports.settings.defaultExperiment,
      registrationRequired: ports.settings.mode === 'standard',
    }),
    sessions: createSessionService({ ...dtoPorts, manager, sessions, log, access }),
    feedback: createFeedbackService({ manager, log, access, newId }),
    evaluations: createEvaluationService({ manager, log, games, access, judge: ports.settings.judge }),
    experiments,
    experimentAdmin,
    experimentExports,
    history: createHistoryService({ ...dtoPorts, history: stores.history }),
    replay: createReplayService({ ...dtoPorts, characters, log, access }),
    branches: createBranchService({ manager, access, newId }),
    admin: createAdminService({
      sessions,
      status: server.status,
      alerts: () => core.experiments.alerts.counts(),
    }),
    sessionAdmin: createSessionAdminService({
      ...dtoPorts,
      manager,
      access,
      experiments: core.experiments.manager,
      calls: stores.modelCalls,
      audit: stores.audit,
      clock,
    }),
    audit: createAuditService({ audit: stores.audit }),
    playerAdmin: createPlayerAdminService({ ...stores, personalData: ports.personalData, clock, newId }),
    models: createModelService({ calls: stores.modelCalls, inForce: ports.modelsInForce, games, clock }),
  };
}

function serverService({ settings, clock, modelInfo, cluster }: AppPorts, { manager }: Core): ServerService {
  const { mode, storage, version, defaultExperiment } = settings;
  const config = { mode, storage, defaultExperiment, model: modelInfo };
  return createServerService({ config, version, clock, manager, otherNodes: () => cluster.others() });
}

/** A key that is revoked at one node stops at every other one as well. */
function shareRevocations({ notices }: Cluster, keys: KeyRing): void {
  let isBeingTold = false;
  notices.onTold(({ keyId }) => {
    isBeingTold = true;
    keys.revokedElsewhere(keyId);
    isBeingTold = false;
  });
  keys.onRevoked((keyId) => {
    if (!isBeingTold) notices.tell({ type: 'keyRevoked', keyId });
  });
}

function playerService(
  { stores, personalData, clock, settings }: AppPorts,
  {
    keys,
    experiments,
    core,
  }: { readonly keys: KeyRing; readonly experiments: ExperimentService; readonly core: Core },
): PlayerService {
  const studies = {
    experiments: core.experiments.manager,
    plans: core.experiments.plans,
    manager: core.manager,
  };
  const perSecond = settings.arrivalsPerMinute / 60;
  return createPlayerService({
    players: stores.players,
    personalData,
    feedbackOf: (playerId) => exportedFeedback(stores, playerId),
    formsOf: (playerId) => exportedForms({ forms: stores.forms, personalData }, playerId),
    draftsOf: (playerId) => exportedDrafts({ forms: stores.forms, personalData }, playerId),
    participationOf: (playerId) => exportedParticipation(studies, playerId),
    sessionsOf: (playerId) => exportedSessions(stores.sessions, playerId),
    leave: (experiment, playerId) => leaveExperiment(studies, experiment, playerId),
    forms: stores.forms,
    audit: stores.audit,
    keys,
    clock,
    newId,
    mode: settings.mode,
    takesAnonymous: async (name) => {
      const { registration, isOpen } = await experiments.setup(null, { name });
      return registration === 'anonymous' && isOpen;
    },
    arrivals: createRateLimiter({ clock, burst: ARRIVALS_BURST, perSecond }),
  });
}
