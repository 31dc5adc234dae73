import { builtInGames } from '@dcs/engine';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadCharacters } from '../characters.ts';
import { loadGameFiles } from '../gameFiles.ts';
import { formatProblem } from '../problem.ts';
import { loadExperiments } from './loadExperiments.ts';
import type { LoadedExperiments } from './loadExperiments.ts';
import type { ExperimentWorld } from './world.ts';

const repository = join(import.meta.dirname, '../../../../..');
const { gameFiles } = await loadGameFiles(join(repository, 'games'), { games: builtInGames });
const { characters } = await loadCharacters(join(repository, 'seeds/characters'));
const world: ExperimentWorld = {
  offered: builtInGames.flatMap((game) =>
    gameFiles
      .filter(({ gameFile }) => gameFile.name === game.name)
      .map(({ gameFile }) => ({ game, file: gameFile })),
  ),
  gameNames: builtInGames.map(({ name }) => name),
  characters: characters.map(({ sheet }) => sheet),
  modelProblems: () => [],
};

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dcs-experiments-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function load(files: Readonly<Record<string, string>>): Promise<LoadedExperiments> {
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  return loadExperiments(folder, world);
}

const lines = ({ problems }: LoadedExperiments): readonly string[] =>
  problems.map((problem) => formatProblem(problem).slice(folder.length + 1));

const TODAY = `name: pilot
seed: 42
games:
  - name: infer-intent
    overrides: { maxTurns: 20 }
assignment:
  strategy: random-unique
  playerCharacters: [pc-eligible]
quotas:
  perGame: 10
`;

const OLDER = `name: pilot
assignment_strategy:
  strategy: random_unique
  games:
    - Infer Intent
  quota_per_game: 10
  seed: 42
  pc_eligible_only: true
`;

describe('The experiments of a folder', () => {
  it('are those that can be run, each with where the file says what', async () => {
    const loaded = await load({ 'pilot.yaml': TODAY });
    expect(lines(loaded)).toEqual([]);
    const [pilot] = loaded.experiments;
    expect(pilot).toMatchObject({ file: join(folder, 'pilot.yaml'), config: { name: 'pilot' } });
    expect(pilot?.positionOf(['games', 0, 'overrides', 'maxTurns'])).toEqual({ line: 5, column: 18 });
  });

  it('are none where there is no folder', async () => {
    await rm(folder, { recursive: true });
    expect(await loadExperiments(folder, world)).toEqual({ experiments: [], problems: [] });
  });

  it('are the same however the same is written, in keys of any generation', async () => {
    const turns = '  - name: infer-intent\n    overrides: { maxTurns: 20 }\n';
    const [today] = (await load({ 'pilot.yaml': TODAY.replace(turns, '  - name: Infer Intent\n') }))
      .experiments;
    const [older] = (await load({ 'pilot.yaml': OLDER })).experiments;
    expect(older?.config).toEqual(today?.config);
  });

  it('are named as their files are, and only once', async () => {
    const loaded = await load({ 'Other.yaml': TODAY, 'pilot.yaml': TODAY, 'pilot.yml': TODAY });
    expect(loaded.experiments.map(({ file }) => file)).toEqual([join(folder, 'pilot.yaml')]);
    expect(lines(loaded)).toEqual([
      'Other.yaml:1:1: error name is pilot, but the file is named Other. Rename the file to pilot.yaml or change the name.',
      `pilot.yml:1:1: error name is pilot, which ${join(folder, 'pilot.yaml')} already has. Keep one of the two files.`,
    ]);
  });

  it('are told of their names together with whatever else is wrong', async () => {
    const broken = TODAY.replace('perGame: 10', 'perGame: 0');
    const loaded = await load({ 'Other.yaml': broken, 'pilot.yaml': TODAY, 'pilot.yml': broken });
    expect(lines(loaded)).toEqual([
      'Other.yaml:10:3: error quotas.perGame is 0. Use 1 or more.',
      'Other.yaml:1:1: error name is pilot, but the file is named Other. Rename the file to pilot.yaml or change the name.',
      'pilot.yml:10:3: error quotas.perGame is 0. Use 1 or more.',
      `pilot.yml:1:1: error name is pilot, which ${join(folder, 'pilot.yaml')} already has. Keep one of the two files.`,
    ]);
  });

  it('may be written as JSON', async () => {
    const json = JSON.stringify({ name: 'pilot', games: [{ name: 'explore' }] }, null, '\t');
    expect((await load({ 'pilot.json': json })).experiments).toHaveLength(1);
  });
});

describe('A problem with an experiment', () => {
  it('is told with its line and column, together with all the others', async () => {
    const text = TODAY.replace('infer-intent', 'infer-intend')
      .replace('strategy: random-unique', 'strategy: random-uniqe')
      .replace('perGame', 'perGames')
      .concat('opens: tomorrow\n');
    const loaded = await load({ 'pilot.yaml': text });
    expect(loaded.experiments).toEqual([]);
    expect(lines(loaded).toSorted()).toEqual([
      expect.stringMatching(
        /^pilot\.yaml:10:3: error quotas\.perGames is not a known field\. Write perGame instead\.$/,
      ),
      expect.stringMatching(/^pilot\.yaml:11:1: error opens is "tomorrow"\. It must be a time with its zone/),
      'pilot.yaml:4:5: error games[0].name is infer-intend, and there is no such game. Did you mean infer-intent?',
      expect.stringMatching(/^pilot\.yaml:7:3: error assignment\.strategy .*Did you mean "random-unique"\?/),
    ]);
  });

  it('speaks of the older key that the author wrote, at its line', async () => {
    const text = OLDER.replace('Infer Intent', 'Infer Intend')
      .replace('10', '0')
      .replace('strategy: r', 'strategi: r');
    expect(lines(await load({ 'pilot.yaml': text })).toSorted()).toEqual([
      'pilot.yaml:3:3: error assignment_strategy.strategi is not a known field. Write strategy instead.',
      'pilot.yaml:5:7: error assignment_strategy.games[0] is Infer Intend, and there is no such game. Did you mean infer-intent?',
      'pilot.yaml:6:3: error assignment_strategy.quota_per_game is 0. Use 1 or more.',
    ]);
  });

  it('that older systems let pass is only a warning in files of theirs', async () => {
    const text = `name: Expert Pilot
ui: { launch_gui: true }
games:
  - name: Explore
    overrides: { simulator_recovery_budget: 3, pcs_allowed: human-normative, max_playtime: 300 }
next_game_strategy:
  strategy: { id: expertise_matched_character_next, max_assignments_per_player: 9 }
forms: null
`;
    const loaded = await load({ 'experts.yml': text });
    expect(lines(loaded)).toEqual([
      'experts.yml:5:18: warning games[0].overrides.simulator_recovery_budget has no effect here. Remove it.',
      'experts.yml:2:7: warning ui.launch_gui has no effect here. Remove it.',
      expect.stringMatching(
        /^experts\.yml:7:15: warning next_game_strategy\.strategy\.id is expertise-matched/,
      ),
      expect.stringMatching(
        /^experts\.yml:1:1: warning name is expert-pilot, but the file is named experts\. /,
      ),
    ]);
    expect(loaded.experiments.map(({ config }) => config)).toMatchObject([
      { name: 'expert-pilot', title: 'Expert Pilot', games: [{ overrides: { maxPlaytimeSeconds: 300 } }] },
    ]);
  });

  it('that older systems let pass in forms and strategies keeps nobody from running it', async () => {
    const text = `${OLDER}  weighting: { Explore: 2 }
forms:
  2 weeks later:
    before_or_after: before
    questions:
      - { prompt: Read this., required: true }
      - { key: age, prompt: Age, answer_type: number }
      - { key: age, prompt: Your age, answer_type: number }
      - { prompt: Often?, answer_type: single_choice, options: [often, often] }
`;
    const loaded = await load({ 'pilot.yaml': text });
    expect(loaded.problems.map(({ severity, line }) => `${severity} ${line}`).toSorted()).toEqual([
      'warning 11',
      'warning 14',
      'warning 16',
      'warning 17',
      'warning 9',
    ]);
    expect(loaded.experiments).toHaveLength(1);
  });

  it('that is only a warning keeps nobody from running it', async () => {
    const loaded = await load({ 'pilot.yaml': `${OLDER}ui: { launch_gui: true }\n` });
    expect(lines(loaded)).toEqual(['pilot.yaml:9:7: warning ui.launch_gui has no effect here. Remove it.']);
    expect(loaded.experiments).toHaveLength(1);
  });

  it.each([
    '[not, a, group]\n',
    'name: {}\ngames: 7\nforms: { a: 1 }\n',
    'assignment_strategy: { games: 3 }\n',
  ])('never keeps the folder from being read: %j', async (text) => {
    const loaded = await load({ 'broken.yaml': text, 'pilot.yaml': TODAY });
    expect(loaded.experiments).toHaveLength(1);
    expect(lines(loaded).length).toBeGreaterThan(0);
  });
});
