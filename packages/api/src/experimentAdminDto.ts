import type {
  ActivityBucket,
  CellOverview,
  ExperimentConfig,
  ExperimentRunState,
  FormEvent,
  FunnelStep,
  ModelPlayerOverview,
  ParticipantKind,
  ParticipantStage,
} from '@dcs/engine';
import type { AlertCountsDto, AlertDto } from './alertDto.ts';
import type { ExperimentProgressDto, ExperimentRowDto } from './experimentDto.ts';
import type { CapMeasure, ModelFailuresDto, RoleUseDto } from './modelDto.ts';
import type { QuotaFillDto } from './quotaDto.ts';
import type { ModelCallAmounts } from './store/ports.ts';

/* What crosses the wire for those who run experiments. All of it is for administrators. Times are ISO strings. */

/** An experiment in the list of those who run it. */
export interface AdminExperimentRowDto extends Omit<ExperimentRowDto, 'joined'> {
  readonly run: ExperimentRunState;
  readonly startedAt: string | null;
  readonly lastAt: string | null;
  readonly participants: number;
  readonly playing: number;
  readonly progress: ExperimentProgressDto;
  /** Whether its file, those of its games or the sheets of its characters say something else than what is in force. */
  readonly fileChanged: boolean;
}

/** Something to mend in a file of an experiment. An error keeps the file from being used. */
export interface FileProblemDto {
  readonly severity: 'error' | 'warning';
  /** As seen from the folder of the project. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly column: number;
  /** Such as `games[0].overrides`; empty for the file as a whole. */
  readonly path: string;
  readonly reason: string;
  readonly message: string;
  readonly fix: string;
}

export interface AdminExperimentsDto {
  /** By name. */
  readonly experiments: readonly AdminExperimentRowDto[];
  /** Send it as `cursor` to get the next page; `null` on the last. */
  readonly nextCursor: string | null;
  /** Of experiments that have any. */
  readonly alerts: readonly AlertCountsDto[];
  /** Of all files of experiments, as they are now; by file and place. */
  readonly problems: readonly FileProblemDto[];
}

/** A session that is played now for an assignment. */
export interface SessionInFlightDto {
  readonly sessionId: string;
  readonly assignmentId: string;
  /** Of the participant, from 1. */
  readonly participantNumber: number;
  readonly game: string;
  readonly pc: string | null;
  readonly npc: string | null;
  readonly attempt: number;
  readonly startedAt: string;
  readonly status: 'active' | 'paused' | 'closed';
  /** Whether those who run it have paused it. */
  readonly held: boolean;
  readonly turns: number;
  readonly lastActiveAt: string;
}

/** How much of what the whole experiment may use is used. */
export interface CapUseDto {
  readonly measure: CapMeasure;
  readonly most: number;
  readonly used: number;
}

/** How far the participants are that one entry of `players.models` asks for. */
export interface ModelPlayersDto extends Omit<ModelPlayerOverview, 'waitsFor'> {
  /** Why those do not go on who could; `null` when nothing keeps them. What is trouble at another server is known there. */
  readonly standstill: {
    /** Stable and namespaced. */
    readonly reason: string;
    readonly message: string;
    /** Whether it is tried again and again, rather than waited for. */
    readonly isTrouble: boolean;
  } | null;
}

export type ActivityDto = Omit<ActivityBucket, 'at'> & { readonly at: string };

/** A character or a game, with what it is called. */
export type CellDto = CellOverview & { readonly label: string };

/** Everything of the dashboard of one experiment. */
export interface AdminExperimentDto extends AdminExperimentRowDto {
  /** Of the log, so that a page knows whether there is something new. */
  readonly lastSeq: number;
  readonly revision: string | null;
  readonly fileRevision: string | null;
  readonly alerts: readonly AlertDto[];
  readonly stages: Readonly<Record<ParticipantStage, number>>;
  readonly funnel: readonly FunnelStep[];
  readonly quotas: ExperimentConfig['quotas'];
  /** From that of the whole experiment to those of its smallest parts. */
  readonly quotaFills: readonly QuotaFillDto[];
  readonly games: readonly CellDto[];
  /** At most 100: those of the file's first games first. */
  readonly characters: readonly CellDto[];
  /** How many are left out. */
  readonly moreCharacters: number;
  readonly forms: readonly {
    readonly name: string;
    readonly title: string;
    readonly event: FormEvent;
    readonly submitted: number;
    readonly participants: number;
  }[];
  readonly endings: readonly { readonly reason: string; readonly sessions: number }[];
  /** Seconds that sessions took which completed an assignment; `null` without any. */
  readonly duration: { readonly p50Seconds: number; readonly p95Seconds: number } | null;
  readonly activity: readonly ActivityDto[];
  /** In the order of the file. */
  readonly modelPlayers: readonly ModelPlayersDto[];
  /** The latest 50. */
  readonly sessionsInFlight: readonly SessionInFlightDto[];
  readonly models: {
    readonly total: ModelCallAmounts;
    readonly roles: readonly RoleUseDto[];
    readonly failures: readonly ModelFailuresDto[];
    readonly caps: readonly CapUseDto[];
  };
}

/** A participant in a list. */
export interface AdminParticipantDto {
  readonly participantId: string;
  readonly number: number;
  readonly kind: ParticipantKind;
  /** Which model takes part; `null` for people. */
  readonly model: string | null;
  readonly stage: ParticipantStage;
  readonly completed: number;
  readonly most: number;
  readonly attempts: number;
  readonly forms: number;
  readonly joinedAt: string;
  readonly lastAt: string;
  readonly current: {
    readonly assignmentId: string;
    readonly game: string;
    readonly pc: string | null;
    readonly npc: string | null;
    readonly status: string;
    readonly sessionId: string | null;
  } | null;
  /** What they get at the end; `null` where the experiment gives no code. */
  readonly completionCode: string | null;
}

export interface AdminParticipantsDto {
  readonly total: number;
  readonly participants: readonly AdminParticipantDto[];
  readonly nextCursor: string | null;
}

/** What an experiment's files and sheets say differently from what is in force, each in one line. */
export interface ConfigChangeDto {
  readonly path: string;
  /** `null` where there was, or will be, nothing. */
  readonly before: string | null;
  readonly after: string | null;
}

export interface AdminRevisionsDto {
  readonly inForce: { readonly revision: string; readonly at: string } | null;
  /** In the order in which they were put in force. */
  readonly history: readonly { readonly revision: string; readonly at: string }[];
  /** What would be put in force now; `null` when the file is gone, or cannot be used. */
  readonly file: { readonly revision: string; readonly changes: readonly ConfigChangeDto[] } | null;
  /** What is to be mended in the file, or to be looked at. */
  readonly problems: readonly FileProblemDto[];
}

/** Word that something new stands in the log of an experiment. */
export interface ExperimentTickDto {
  readonly name: string;
  readonly lastSeq: number;
}

/** Where an export is to be had. */
export interface ExportPlaceDto {
  /** To be asked for by GET at the address of the server, with the access key as for every call. */
  readonly path: string;
}
