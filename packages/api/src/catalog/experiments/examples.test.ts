import {
  builtInGames,
  createExperimentFold,
  createGameRegistry,
  decideExperiment,
  FORM_EVENTS,
  planExperiment,
  readForm,
  standingOf,
} from '@dcs/engine';
import type { ExperimentCommand, ExperimentConfig, ExperimentMoment, Standing } from '@dcs/engine';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadCatalog } from '../catalog.ts';

const repository = join(import.meta.dirname, '../../../../..');
const { characters, experiments, gameFiles, problems } = await loadCatalog({
  gamesDir: join(repository, 'games'),
  experimentsDir: join(repository, 'experiments'),
  seedsDir: join(repository, 'seeds'),
  games: builtInGames,
});
const configs = experiments.map(({ config }) => config);

const { entries } = createGameRegistry(
  builtInGames,
  gameFiles.map(({ gameFile }) => gameFile),
);
const SOMEBODY = 'p1';
const TURNS = 12;

/** One participant who does whatever is asked until nothing is. */
function goThrough(config: ExperimentConfig): {
  readonly standing: Standing;
  readonly asked: ReadonlySet<string>;
} {
  const fold = createExperimentFold();
  const moment: ExperimentMoment = {
    revision: 'r1',
    plan: planExperiment(config, { games: entries, characters }),
    forms: config.forms.map(readForm),
    window: { opensAt: null, closesAt: null },
    state: fold.state,
    now: 1,
    turnsOf: () => TURNS,
  };
  const tell = (command: ExperimentCommand): void => {
    const decision = decideExperiment(moment, command, (fact) =>
      fold.apply({ ...fact, experiment: config.name, seq: fold.state.lastSeq + 1, at: 1 }),
    );
    expect(decision).toEqual({ ok: true });
  };
  const now = (): Standing => {
    const standing = standingOf(moment, SOMEBODY);
    if (standing === null) throw new Error('Nobody takes part.');
    return standing;
  };
  const asked = new Set<string>();
  const answer = (): void => {
    // What is answered may bring an assignment, and with it more to answer.
    for (let [group] = now().groups; group !== undefined; [group] = now().groups) {
      const { groupId, forms } = group;
      for (const { name } of forms) asked.add(name);
      const submitted = forms.map(({ name, version }) => ({
        submissionId: `${groupId} ${name}`,
        form: name,
        version,
        expertise: [],
      }));
      tell({ type: 'submitForms', participantId: SOMEBODY, groupId, forms: submitted });
    }
  };
  const play = (assignmentId: string): void => {
    const session = { assignmentId, sessionId: `s-${assignmentId}` };
    tell({ type: 'prepare', participantId: SOMEBODY, assignmentId });
    tell({ type: 'start', participantId: SOMEBODY, ...session });
    answer();
    tell({ type: 'end', ...session, reason: 'game_completed', turns: TURNS });
  };

  tell({ type: 'revise', by: null, revision: 'r1' });
  tell({ type: 'join', participantId: SOMEBODY, kind: config.players.humans ? 'human' : 'model' });
  for (let step = 0; step < 1000; step += 1) {
    answer();
    const { current, next } = now();
    if (next.mode === 'none') return { standing: now(), asked };
    if (current !== null) play(current.assignmentId);
    else if (next.mode === 'choice') {
      const [candidate] = next.candidates;
      if (candidate !== undefined) tell({ type: 'select', participantId: SOMEBODY, ...candidate });
    } else tell({ type: 'next', participantId: SOMEBODY });
  }
  throw new Error(`There is no end to ${config.name}.`);
}

describe('The experiments that come with the product', () => {
  it('can all be run, and nothing about them deserves a second look', () => {
    expect(problems).toEqual([]);
    expect(configs.map(({ name }) => name)).toEqual([
      'demo',
      'expert-evaluation',
      'human-benchmark',
      'model-benchmark',
      'training',
      'usability',
    ]);
  });

  it('assign each in another way, and ask forms on every occasion there is', () => {
    expect(new Set(configs.map(({ assignment }) => assignment.strategy)).size).toBe(configs.length);
    const events = configs.flatMap(({ forms }) => forms.map(({ trigger }) => trigger.event));
    expect(new Set(events)).toEqual(new Set(FORM_EVENTS));
  });

  it.each(configs.map((config) => [config.name, config] as const))(
    'lead whoever takes part from the beginning to the end: %s',
    (_name, config) => {
      const { standing, asked } = goThrough(config);
      expect(standing.next).toEqual({ mode: 'none', reason: 'complete' });
      expect(standing.completed).toBe(config.assignment.maxPerParticipant);
      expect(asked).toEqual(new Set(config.forms.map(({ name }) => name)));
    },
  );

  it('tell people what becomes of their data when they withdraw', () => {
    const silent = configs.filter(({ players, withdrawal = '' }) => players.humans && withdrawal === '');
    expect(silent).toEqual([]);
  });

  it('let nobody take part without agreeing, wherever people have to register', () => {
    const unasked = configs.filter(
      ({ players, registration, forms }) =>
        players.humans &&
        registration === 'required' &&
        !forms.some(
          ({ trigger, questions }) =>
            trigger.event === 'before-all-assignments' && questions.some(({ mustBe }) => mustBe === true),
        ),
    );
    expect(unasked).toEqual([]);
  });
});
