import { experimentOverview, labelWithHandle, progressOf } from '@dcs/engine';
import type { CellOverview, ExperimentMoment } from '@dcs/engine';
import type { AlertDto } from '../../alertDto.ts';
import type {
  AdminExperimentDto,
  AdminExperimentRowDto,
  CellDto,
  SessionInFlightDto,
} from '../../experimentAdminDto.ts';
import type { ModelCallFigures, ModelCallSum } from '../../store/ports.ts';
import { timed, totalOf } from '../modelUse.ts';
import { modelFailuresDto, roleUseDto } from '../modelUseDto.ts';
import { capUses } from './capUses.ts';
import { experimentAlerts, gravestFirst } from './experimentAlerts.ts';
import type { Watched } from './experimentAlerts.ts';
import { rowDto, stagingOf } from './experimentDtos.ts';
import { isoTime } from '../../isoTime.ts';
import { modelPlayerDtos } from './modelPlayers/index.ts';
import type { WaitingPlayer } from './modelPlayers/index.ts';
import { quotaFills } from './quotaFills.ts';

export function adminRowDto(moment: ExperimentMoment, fileRevision: string | null): AdminExperimentRowDto {
  const { joined: _joined, ...row } = rowDto(moment, null);
  const { state, plan } = moment;
  const playing = [...state.assignments.values()].filter(({ status }) => status === 'in_progress');
  return {
    ...row,
    run: state.run,
    startedAt: state.startedAt === null ? null : isoTime(state.startedAt),
    lastAt: state.lastSeq === 0 ? null : isoTime(state.lastAt),
    participants: state.participants.size,
    playing: playing.length,
    progress: progressOf(state, plan.config),
    fileChanged: state.revision !== null && fileRevision !== state.revision,
  };
}

/** What was read for a dashboard, beside the experiment itself. */
export interface DashboardFigures {
  readonly fileRevision: string | null;
  readonly inFlight: readonly SessionInFlightDto[];
  readonly sums: readonly ModelCallSum[];
  readonly figures: ModelCallFigures;
  readonly waitingPlayers: readonly WaitingPlayer[];
  readonly recentCalls: Watched['recentCalls'];
  /** Alerts about sessions that are not `inFlight`. */
  readonly furtherAlerts: readonly AlertDto[];
}

/** More than anybody looks through. */
const MOST_CELLS = 100;

function durationOf(durations: readonly number[]): AdminExperimentDto['duration'] {
  if (durations.length === 0) return null;
  const at = (share: number): number =>
    Math.round((durations[Math.ceil(share * durations.length) - 1] ?? 0) / 1000);
  return { p50Seconds: at(0.5), p95Seconds: at(0.95) };
}

function labelled(moment: ExperimentMoment, cell: CellOverview): CellDto {
  const sheet = cell.npc === null ? undefined : moment.plan.sheets.get(cell.npc);
  const title = stagingOf(moment.plan, cell.game)?.entry.file.title ?? cell.game;
  return { ...cell, label: sheet === undefined ? (cell.npc ?? title) : labelWithHandle(sheet) };
}

export function dashboardDto(moment: ExperimentMoment, read: DashboardFigures): AdminExperimentDto {
  const { state, plan, forms } = moment;
  const { fileRevision, inFlight, sums, figures, recentCalls } = read;
  const overview = experimentOverview(moment);
  const total = totalOf(sums);
  const caps = capUses(plan, total);
  const modelPlayers = modelPlayerDtos(moment, read.waitingPlayers);
  const answered = new Map(overview.forms.map((form) => [form.name, form]));
  return {
    ...adminRowDto(moment, fileRevision),
    lastSeq: state.lastSeq,
    revision: state.revision,
    fileRevision,
    alerts: gravestFirst([
      ...experimentAlerts({ moment, fileRevision, inFlight, recentCalls, caps, modelPlayers }),
      ...read.furtherAlerts,
    ]),
    stages: overview.stages,
    funnel: overview.funnel,
    quotas: plan.config.quotas,
    quotaFills: quotaFills(moment),
    games: overview.games.map((cell) => labelled(moment, cell)),
    characters: overview.characters.slice(0, MOST_CELLS).map((cell) => labelled(moment, cell)),
    moreCharacters: Math.max(0, overview.characters.length - MOST_CELLS),
    forms: forms.map(({ name, title, trigger }) => ({
      name,
      title,
      event: trigger.event,
      submitted: answered.get(name)?.submitted ?? 0,
      participants: answered.get(name)?.participants ?? 0,
    })),
    endings: overview.endings,
    duration: durationOf(overview.durations),
    activity: overview.activity.map(({ at, ...counts }) => ({ at: isoTime(at), ...counts })),
    modelPlayers,
    sessionsInFlight: inFlight,
    models: {
      total,
      roles: timed(sums, figures.latencies).map(roleUseDto),
      failures: figures.failures.map(modelFailuresDto),
      caps,
    },
  };
}
