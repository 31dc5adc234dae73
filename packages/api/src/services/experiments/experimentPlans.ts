import { dependenciesOf, experimentSchema, gameFileSchema, pinned } from '@dcs/engine';
import type {
  CastMember,
  CharacterStore,
  CurrentCharacter,
  ExperimentConfig,
  ExperimentDependencies,
  GameFile,
  GameRegistry,
  PinnedDependencies,
  PlannedExperiment,
} from '@dcs/engine';
import { LRUCache } from 'lru-cache';
import { nameOfFile } from '../../catalog/index.ts';
import type { CatalogProblem } from '../../catalog/index.ts';
import type { ExperimentFiles } from '../../experimentFiles.ts';
import type { ExperimentRevisionStore } from '../../store/ports.ts';
import { offeredFrom, plannedFrom } from './plannedFrom.ts';
import type { OfferedExperiment } from './plannedFrom.ts';

export interface ExperimentPlansPorts {
  readonly files: ExperimentFiles;
  readonly revisions: Pick<ExperimentRevisionStore, 'put' | 'get' | 'experiments'>;
  readonly games: GameRegistry;
  readonly characters: CharacterStore;
  readonly clock: { now(): number };
}

/** What experiments there are, and what they go by. */
export interface ExperimentPlans {
  /** The name as it is written in the file, whatever the case it is asked for in; `null` for an unknown one. */
  nameOf(asked: string): Promise<string | null>;
  /** All that there are, in their order. */
  names(): Promise<readonly string[]>;
  /**
   * What would be put in force now: what the file said when it was read last, with the games and characters that there
   * are; `null` when it is gone, or cannot be used.
   */
  offered(name: string): Promise<OfferedExperiment | null>;
  /** Reads the files again, and tells what is to be mended in them. */
  reread(): Promise<readonly CatalogProblem[]>;
  /** What was to be mended in the file of one of them when it was read last. */
  problemsOf(name: string): readonly CatalogProblem[];
  /**
   * A revision that was in force once, as it was then, or with `null` what would be put in force now, which is kept for
   * ever from then on. `null` for an unknown one.
   */
  planned(name: string, revision: string | null): Promise<PlannedExperiment | null>;
}

/** Revisions in memory; one that is dropped is read again. */
const MOST_PLANS = 200;

interface Draft {
  readonly config: ExperimentConfig;
  readonly characters: readonly CurrentCharacter[];
  readonly offered: OfferedExperiment;
}

const isSame = (left: readonly CurrentCharacter[], right: readonly CurrentCharacter[]): boolean =>
  left === right ||
  (left.length === right.length && left.every(({ revision }, index) => right[index]?.revision === revision));

export function createExperimentPlans(ports: ExperimentPlansPorts): ExperimentPlans {
  const { files, revisions, games, characters, clock } = ports;
  const kept = new Set<string>();
  const drafts = new Map<string, Draft>();
  const plans = new LRUCache<string, PlannedExperiment>({ max: MOST_PLANS });

  const fileOf = (name: string): ExperimentConfig | null =>
    files.offered.find((config) => config.name === name) ?? null;

  async function offered(name: string): Promise<OfferedExperiment | null> {
    const config = fileOf(name);
    if (config === null) return null;
    const current = await characters.current();
    const known = drafts.get(name);
    if (known?.config === config && isSame(known.characters, current)) return known.offered;
    const draft = offeredFrom(config, { games: games.entries, characters: current });
    drafts.set(name, { config, characters: current, offered: draft });
    return draft;
  }

  async function keep({ config, dependencies, revision }: OfferedExperiment): Promise<void> {
    if (kept.has(revision)) return;
    await revisions.put({
      experiment: config.name,
      revision,
      config,
      dependencies: pinned(dependencies),
      at: clock.now(),
    });
    kept.add(revision);
  }

  /** A game without rules cannot be played by any file. */
  function withRules(file: GameFile): ExperimentDependencies['games'] {
    const known = games.played(file.name);
    return known === null ? [] : [{ game: known.game, file: gameFileSchema.parse(file) }];
  }

  async function withSheet(member: CastMember): Promise<CurrentCharacter> {
    const sheet = await characters.find(member);
    if (sheet === null) throw new Error(`Character ${member.hid} in revision ${member.revision} is missing.`);
    return { sheet, revision: member.revision };
  }

  async function restored(
    config: ExperimentConfig,
    dependencies: PinnedDependencies | null,
  ): Promise<ExperimentDependencies> {
    const current = await characters.current();
    // It was kept before dependencies were: nobody knows what they were then.
    if (dependencies === null) {
      return dependenciesOf(config, { games: games.entries, characters: current });
    }
    // Most sheets are those that there are now, which need not be asked for one by one.
    const known = new Map(current.map((character) => [character.revision, character]));
    const sheetOf = async (member: CastMember): Promise<CurrentCharacter> =>
      known.get(member.revision) ?? (await withSheet(member));
    return {
      games: dependencies.games.flatMap(withRules),
      characters: await Promise.all(dependencies.characters.map(sheetOf)),
    };
  }

  async function contentOf(name: string, revision: string): Promise<OfferedExperiment | null> {
    const record = await revisions.get(name, revision);
    if (record === null) return null;
    const config = experimentSchema.parse(record.config);
    return { config, dependencies: await restored(config, record.dependencies), revision };
  }

  async function names(): Promise<readonly string[]> {
    return [
      ...new Set([...files.offered.map((config) => config.name), ...(await revisions.experiments())]),
    ].toSorted();
  }

  return {
    names,
    nameOf: async (asked) => {
      const name = asked.toLowerCase();
      return fileOf(name) !== null || (await revisions.experiments()).includes(name) ? name : null;
    },
    offered,
    reread: async () => {
      await files.reread();
      return files.problems;
    },
    problemsOf: (name) => files.problems.filter(({ file }) => nameOfFile(file) === name),
    planned: async (name, wanted) => {
      const draft = wanted === null ? await offered(name) : null;
      const revision = wanted ?? draft?.revision;
      if (revision === undefined) return null;
      const known = plans.get(`${name}/${revision}`);
      if (known !== undefined) return known;
      if (draft !== null) await keep(draft);
      const found = draft ?? (await contentOf(name, revision));
      if (found === null) return null;
      const planned = plannedFrom(found);
      plans.set(`${name}/${revision}`, planned);
      return planned;
    },
  };
}
