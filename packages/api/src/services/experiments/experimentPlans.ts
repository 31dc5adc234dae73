import { experimentSchema } from '@dcs/engine';
import type { CharacterStore, CurrentCharacter, GameRegistry, PlannedExperiment } from '@dcs/engine';
import { LRUCache } from 'lru-cache';
import { nameOfFile } from '../../catalog/index.ts';
import type { CatalogProblem } from '../../catalog/index.ts';
import type { ExperimentFiles } from '../../experimentFiles.ts';
import type { ExperimentRevisionStore } from '../../store/ports.ts';
import { plannedFrom } from './plannedFrom.ts';
import type { OfferedExperiment } from './plannedFrom.ts';

export interface ExperimentPlansPorts {
  readonly files: ExperimentFiles;
  readonly revisions: Pick<ExperimentRevisionStore, 'put' | 'get' | 'experiments'>;
  readonly games: GameRegistry;
  readonly characters: Pick<CharacterStore, 'current'>;
  readonly clock: { now(): number };
}

/** What experiments there are, and what they go by. */
export interface ExperimentPlans {
  /** The name as it is written in the file, whatever the case it is asked for in; `null` for an unknown one. */
  nameOf(asked: string): Promise<string | null>;
  /** All that there are, in their order. */
  names(): Promise<readonly string[]>;
  /** What the file said when it was read last; `null` when it is gone, or cannot be used. */
  offered(name: string): OfferedExperiment | null;
  /** Reads the files again, and tells what is to be mended in them. */
  reread(): Promise<readonly CatalogProblem[]>;
  /** What was to be mended in the file of one of them when it was read last. */
  problemsOf(name: string): readonly CatalogProblem[];
  /**
   * A revision that was in force once, or with `null` what the file says now, which is kept for ever from then on. Who
   * may be played is as of now. `null` for an unknown one.
   */
  planned(name: string, revision: string | null): Promise<PlannedExperiment | null>;
}

/** Revisions in memory; one that is dropped is read again. */
const MOST_PLANS = 200;

type Cast = readonly CurrentCharacter[];

const isSame = (left: Cast, right: Cast): boolean =>
  left === right ||
  (left.length === right.length && left.every(({ revision }, index) => right[index]?.revision === revision));

export function createExperimentPlans(ports: ExperimentPlansPorts): ExperimentPlans {
  const { files, revisions, games, characters, clock } = ports;
  const kept = new Set<string>();
  const plans = new LRUCache<string, { readonly cast: Cast; readonly planned: PlannedExperiment }>({
    max: MOST_PLANS,
  });

  const fileOf = (name: string): OfferedExperiment | null =>
    files.offered.find(({ config }) => config.name === name) ?? null;

  async function keep({ config, revision }: OfferedExperiment): Promise<void> {
    if (kept.has(revision)) return;
    await revisions.put({ experiment: config.name, revision, config, at: clock.now() });
    kept.add(revision);
  }

  async function configOf(name: string, revision: string | null): Promise<OfferedExperiment | null> {
    const file = fileOf(name);
    if (file !== null && (revision === null || revision === file.revision)) {
      await keep(file);
      return file;
    }
    if (revision === null) return null;
    const record = await revisions.get(name, revision);
    return record === null ? null : { revision, config: experimentSchema.parse(record.config) };
  }

  async function names(): Promise<readonly string[]> {
    return [
      ...new Set([...files.offered.map(({ config }) => config.name), ...(await revisions.experiments())]),
    ].toSorted();
  }

  return {
    names,
    nameOf: async (asked) => {
      const name = asked.toLowerCase();
      return fileOf(name) !== null || (await revisions.experiments()).includes(name) ? name : null;
    },
    offered: fileOf,
    reread: async () => {
      await files.reread();
      return files.problems;
    },
    problemsOf: (name) => files.problems.filter(({ file }) => nameOfFile(file) === name),
    planned: async (name, revision) => {
      const current = await characters.current();
      const known = plans.get(`${name}/${revision ?? fileOf(name)?.revision ?? ''}`);
      if (known !== undefined && isSame(known.cast, current)) return known.planned;
      const found = await configOf(name, revision);
      if (found === null) return null;
      const planned = plannedFrom(found, games.entries, current);
      plans.set(`${name}/${found.revision}`, { cast: current, planned });
      return planned;
    },
  };
}
