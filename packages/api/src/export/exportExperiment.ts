import { experimentSchema } from '@dcs/engine';
import type { Clock, ExperimentConfig, ExperimentState, Game, JsonObject } from '@dcs/engine';
import { codeFor } from '../services/experiments/completionCode.ts';
import type { PersonalData } from '../security/index.ts';
import type { ExperimentRevision, Player, Stores } from '../store/ports.ts';
import { createCodebook } from './codebook.ts';
import { codebookText } from './codebookText.ts';
import { timeText } from './column.ts';
import { exportLogAndAnswers } from './exportAnswers.ts';
import { exportCalls } from './exportCalls.ts';
import { noSuchExperiment } from './exportFailure.ts';
import { exportSessions } from './exportSessions.ts';
import { exportTables } from './exportTables.ts';
import { createFormBook } from './formBook.ts';
import type { KnownRevision } from './formBook.ts';
import { EXPORT_SCHEMA_VERSION, MANIFEST_FILE, manifestSchema } from './manifest.ts';
import type { Manifest } from './manifest.ts';
import { createPseudonyms } from './pseudonyms.ts';
import type { Pseudonyms } from './pseudonyms.ts';
import { foldExperiment, readExperimentLog } from './readLog.ts';
import { ASSIGNMENTS_TABLE, assignmentRow } from './tables/assignments.ts';
import type { AssignmentRow } from './tables/assignments.ts';
import { participantRow, participantsTable } from './tables/participants.ts';
import type { ParticipantRow } from './tables/participants.ts';
import { openTable, writeTable } from './tableWriter.ts';
import type { WrittenTable } from './tableWriter.ts';
import { createFileWriter } from './target.ts';
import type { ExportTarget, FileFigures } from './target.ts';

export interface ExportPorts {
  readonly stores: Pick<
    Stores,
    | 'experimentLog'
    | 'experimentRevisions'
    | 'forms'
    | 'sessions'
    | 'log'
    | 'characters'
    | 'modelCalls'
    | 'players'
  >;
  /** Those whose sessions can be folded. */
  readonly games: readonly Game[];
  readonly clock: Clock;
  readonly engineVersion: string;
}

export interface ExportRequest {
  /** Its name. */
  readonly experiment: string;
  /** For those who may have it: what says who participants are is exported, too. `null`: nothing of the kind. */
  readonly personalData: Pick<PersonalData, 'get' | 'openAnswers'> | null;
}

interface KnownContent extends KnownRevision, Pick<ExperimentRevision, 'dependencies'> {
  readonly at: number;
}

/** What the experiment went by, in the order in which they first came into force. */
async function readRevisions(
  { experimentRevisions }: ExportPorts['stores'],
  experiment: string,
  { revisions }: ExperimentState,
): Promise<readonly KnownContent[]> {
  const first = new Map<string, number>();
  for (const { revision, at } of revisions) if (!first.has(revision)) first.set(revision, at);
  const known: KnownContent[] = [];
  for (const [revision, at] of first) {
    const kept = await experimentRevisions.get(experiment, revision);
    if (kept === null) throw new Error(`The configuration ${revision} of ${experiment} is not kept.`);
    known.push({ revision, config: kept.config, dependencies: kept.dependencies, at });
  }
  return known;
}

function registrationOf(player: Player | null, personal: Readonly<Record<string, string>>): JsonObject {
  const open = (player?.registration ?? []).flatMap((field) =>
    field.personal ? [] : [[field.name, field.answer] as const],
  );
  return { ...Object.fromEntries(open), ...personal };
}

interface KnownExperiment {
  readonly state: ExperimentState;
  readonly pseudonyms: Pseudonyms;
  /** The configuration in force. */
  readonly config: ExperimentConfig;
}

/** One participant after the other: who they are is asked for one by one. */
async function* participantRows(
  { players }: ExportPorts['stores'],
  { personalData }: ExportRequest,
  { state, pseudonyms, config }: KnownExperiment,
): AsyncGenerator<ParticipantRow> {
  for (const known of state.participants.values()) {
    const row = participantRow(state, known, pseudonyms);
    if (personalData === null) yield row;
    else {
      const playerId = known.participantId;
      const [player, personal] = [await players.get(playerId), await personalData.get(playerId)];
      const registration = registrationOf(player, personal ?? {});
      yield { ...row, personal: { playerId, completionCode: codeFor(config, playerId), registration } };
    }
  }
}

function* assignmentRows(state: ExperimentState, pseudonyms: Pseudonyms): Generator<AssignmentRow> {
  for (const assignment of state.assignments.values()) yield assignmentRow(state, assignment, pseudonyms);
}

async function writeText(target: ExportTarget, name: string, text: string): Promise<FileFigures> {
  const writer = await createFileWriter(target, name);
  await writer.write(text);
  return writer.close();
}

const jsonText = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

/**
 * Writes everything that is known of an experiment into the files of `target`; the manifest comes last, so that a part of
 * an export is never taken for one. People may play on meanwhile: the experiment is told as of its last event at the
 * beginning, each session as of its last event when its turn comes. What grows with the number of participants and
 * sessions is held in memory, what grows with what is said and asked is not. Rejects with ExportFailure for an experiment
 * that was never started.
 */
export async function exportExperiment(
  ports: ExportPorts,
  request: ExportRequest,
  target: ExportTarget,
): Promise<Manifest> {
  const { stores, games, clock, engineVersion } = ports;
  const { experiment, personalData } = request;
  const state = await foldExperiment(readExperimentLog(stores.experimentLog, experiment));
  const { revision, lastSeq } = state;
  if (revision === null) throw noSuchExperiment(experiment);
  const pseudonyms = createPseudonyms(experiment, state.participants);
  const revisions = await readRevisions(stores, experiment, state);
  const book = createFormBook(revisions);
  const config = experimentSchema.parse(revisions.find((known) => known.revision === revision)?.config);
  const personal = personalData !== null;

  const participants = await openTable(target, participantsTable({ personal }));
  for await (const row of participantRows(stores, request, { state, pseudonyms, config })) {
    await participants.write(row);
  }
  const assignments = await writeTable(target, ASSIGNMENTS_TABLE, assignmentRows(state, pseudonyms));
  const log = readExperimentLog(stores.experimentLog, experiment, lastSeq);
  const { forms, sessions, characters, modelCalls } = stores;
  const answers = await exportLogAndAnswers({ forms, book, pseudonyms, personalData }, log, target);
  const sessionPorts = { games, characters, sessions, log: stores.log, pseudonyms };
  const played = await exportSessions(sessionPorts, state, target);
  const calls = await exportCalls({ modelCalls, asOf: played.asOf }, experiment, target);

  const tables: readonly WrittenTable[] = [
    await participants.close(),
    assignments,
    ...answers,
    ...played.tables,
    calls,
  ];
  const codebook = createCodebook(experiment, exportTables(book, { personal }), book);
  const files = [
    ...tables.flatMap((table) => table.files),
    await writeText(target, 'codebook.json', jsonText(codebook)),
    await writeText(target, 'codebook.md', codebookText(codebook)),
  ];
  const manifest = manifestSchema.parse({
    format: 'dcs-export',
    schemaVersion: EXPORT_SCHEMA_VERSION,
    experiment,
    exportedAt: timeText(clock.now()),
    engineVersion,
    personal,
    asOf: { experimentSeq: lastSeq, sessions: played.asOf.size },
    revisions: revisions.map(({ at, ...rest }) => ({ ...rest, at: timeText(at) })),
    revision,
    tables: tables.map(({ name, rows }) => ({ name, rows })),
    files,
  });
  await writeText(target, MANIFEST_FILE, jsonText(manifest));
  return manifest;
}
