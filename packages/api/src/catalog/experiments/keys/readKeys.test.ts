import { experimentSchema } from '@dcs/engine';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatPath } from '../../problem.ts';
import { readKeys } from './readKeys.ts';

const read = (data: unknown) => experimentSchema.parse(readKeys(data).data);
const said = (data: unknown): readonly string[] =>
  readKeys(data).problems.map(
    ({ severity, path, message, fix }) => `${severity} ${formatPath(path)} ${message}. ${fix}`,
  );

const SNAPSHOT = {
  name: 'usability',
  description: 'How people find their way.',
  condition: 'learning',
  assignment_strategy: {
    strategy: 'random_unique',
    games: ['Explore', 'Infer Intent'],
    player_characters: ['TOV'],
    non_player_characters: ['OCT', 'BEE'],
    quota_per_game: 20,
    max_assignments_per_player: null,
    seed: 42,
    assignment_mode: 'player_choice',
    pc_eligible_only: false,
  },
  forms: {
    consent: {
      before_or_after: 'before',
      questions: [
        { prompt: 'I agree', answer_type: 'bool', required: true, key: null, options: null },
        { prompt: 'How often?', key: 'How often', answer_type: 'single_choice', options: [1, 2, true] },
      ],
    },
    'Post play': {
      before_or_after: 'after',
      questions: [{ prompt: 'Thank you.', answer_type: null }],
    },
  },
};

const LATER = {
  name: 'benchmark_humans',
  seed: null,
  ui: { launch_gui: false, registration_required: false },
  players: { humans: { all: true }, models: [{ id: 'vendor/model-1' }, { id: 'openai-compatible:local' }] },
  games: [
    {
      name: 'Explore',
      overrides: { max_turns: 20, max_playtime: 900, player_retry_budget: 3, show_npc_details: false },
    },
    { name: 'Teamwork', overrides: null },
  ],
  next_game_strategy: {
    strategy: {
      id: 'least_played_combination_next',
      quota_per_game: 5,
      max_assignments_per_player: 4,
      seed: 'autumn',
      allow_choice_if_multiple: true,
      require_completion: false,
      pc_eligible_only: true,
    },
  },
  forms: [
    {
      name: 'about you',
      trigger: { event: 'before_all_assignments', match: null },
      questions: [{ prompt: 'Your e-mail address', answer_type: 'email' }],
    },
  ],
};

describe('The keys of the first generation', () => {
  it('say what those of today say', () => {
    expect(read(SNAPSHOT)).toMatchObject({
      name: 'usability',
      condition: 'learning',
      seed: 42,
      games: [{ name: 'Explore' }, { name: 'Infer Intent' }],
      assignment: {
        strategy: 'random-unique',
        playerCharacters: ['TOV'],
        simulatedCharacters: ['OCT', 'BEE'],
        participantChooses: true,
      },
      quotas: { perGame: 20 },
    });
    expect(said(SNAPSHOT)).toEqual([]);
  });

  it('give each game once where they do not say how many there are at most', () => {
    expect(read(SNAPSHOT).assignment.maxPerParticipant).toBe(2);
  });

  it('give at most as many as always where games are drawn with their characters', () => {
    const games = ['Explore', 'Foresight', 'Teamwork', 'Goal Horizon'];
    const drawn = { name: 'x', games, assignment: { strategy: 'random_unique_game' } };
    expect(read(drawn).assignment.maxPerParticipant).toBe(3);
    expect(read({ ...drawn, games: ['Explore'] }).assignment.maxPerParticipant).toBe(1);
  });

  it('declare forms by name, before or after', () => {
    expect(read(SNAPSHOT).forms).toMatchObject([
      {
        name: 'consent',
        trigger: { event: 'before-all-assignments' },
        questions: [
          { prompt: 'I agree', type: 'bool', required: true },
          { key: 'how_often', type: 'single-choice', options: ['1', '2', 'true'] },
        ],
      },
      { name: 'post_play', trigger: { event: 'after-assignment' }, questions: [{ prompt: 'Thank you.' }] },
    ]);
  });

  it('admit eligible characters alone when they say so, unless they name some', () => {
    const only = { name: 'x', assignment_strategy: { games: ['explore'], pc_eligible_only: true } };
    expect(read(only).assignment.playerCharacters).toEqual(['pc-eligible']);
    const named = {
      ...only,
      assignment_strategy: { ...only.assignment_strategy, player_characters: ['TOV'] },
    };
    expect(read(named).assignment.playerCharacters).toEqual(['TOV']);
    expect(said(named)).toEqual([
      'warning assignment_strategy.pc_eligible_only has no effect beside player_characters, which already says who may be played. Remove it, and leave out of the list whom nobody should play.',
    ]);
  });

  it('are corrected when they are mistyped', () => {
    const typo = {
      name: 'x',
      assignment_strategy: { strategi: 'a', max_assignment_per_player: 3, assignment_mode: 'both' },
    };
    expect(said(typo)).toEqual([
      'error assignment_strategy.strategi is not a known field. Write strategy instead.',
      'error assignment_strategy.max_assignment_per_player is not a known field. Write max_assignments_per_player instead.',
      'error assignment_strategy.assignment_mode is not among the options. Use one of: auto, player_choice.',
    ]);
  });
});

describe('What older forms may say', () => {
  const older = (questions: readonly object[], name = 'about_you') => ({
    name: 'x',
    assignment_strategy: { games: ['explore'] },
    forms: { [name]: { before_or_after: 'before', questions } },
  });
  const text = (changes: object) => ({ prompt: 'What?', answer_type: 'string', ...changes });
  const keysOf = (data: unknown) => read(data).forms[0]?.questions.map(({ key }) => key);

  it('is the same key twice, of which the later gets the number of its question', () => {
    const questions = [
      text({ key: 'age' }),
      text({ key: 'Age' }),
      text({ key: 'age_4' }),
      text({ key: 'age' }),
    ];
    expect(keysOf(older(questions))).toEqual(['age', 'age_2', 'age_4', 'age_5']);
    expect(said(older(questions))).toEqual([
      'warning forms.about_you.questions[1].key is age, which another question has already, so that its answers are kept as age_2. Give it a key of its own if they should be called otherwise.',
      'warning forms.about_you.questions[3].key is age, which another question has already, so that its answers are kept as age_5. Give it a key of its own if they should be called otherwise.',
    ]);
  });

  it('is that a text to read is required, which asks nothing of anybody', () => {
    const data = older([{ prompt: 'Read this.', required: true }, text({ required: true })]);
    expect(read(data).forms[0]?.questions.map(({ required }) => required)).toEqual([false, true]);
    expect(said(data)).toEqual([
      'warning forms.about_you.questions[0].required has no effect here. Remove it.',
    ]);
  });

  it('is an option twice, which is offered once', () => {
    const data = older([text({ answer_type: 'multi_choice', options: ['yes', 1, 'yes ', '1', 'no'] })]);
    expect(read(data).forms[0]?.questions[0]?.options).toEqual(['yes', '1', 'no']);
    expect(said(data)).toEqual([
      'warning forms.about_you.questions[0].options[2] is in the list twice, and is offered once. Remove one of them, or word it differently.',
      'warning forms.about_you.questions[0].options[3] is in the list twice, and is offered once. Remove one of them, or word it differently.',
    ]);
  });

  it('is a name or a key that begins with a digit, which gets a letter', () => {
    const data = older([text({ key: '2nd language' })], '2 weeks later');
    expect(read(data).forms[0]?.name).toBe('form_2_weeks_later');
    expect(keysOf(data)).toEqual(['q_2nd_language']);
    expect(said(data)).toEqual([
      'warning forms.2 weeks later begins with a digit, so that the form is called form_2_weeks_later. Rename it if it should be called otherwise.',
      'warning forms.2 weeks later.questions[0].key begins with a digit, so that its answers are kept as q_2nd_language. Give it another key if they should be called otherwise.',
    ]);
  });

  it('is an experiment whose name begins with a digit, which gets a word before it and keeps its title', () => {
    const words = read({ ...SNAPSHOT, name: '2nd Usability Study' });
    expect(words).toMatchObject({ name: 'experiment-2nd-usability-study', title: '2nd Usability Study' });
    expect(read({ ...SNAPSHOT, name: '2024_pilot' })).toMatchObject({
      name: 'experiment-2024-pilot',
      title: '2024-pilot',
    });
    expect(read({ ...SNAPSHOT, name: '2024', title: 'Ours' }).title).toBe('Ours');
    expect(said({ ...SNAPSHOT, name: '2024_pilot' })).toEqual([
      'warning name begins with a digit, so that the experiment is called experiment-2024-pilot. Rename it if it should be called otherwise.',
    ]);
    expect(experimentSchema.safeParse(readKeys({ name: '2024', games: ['explore'] }).data).success).toBe(
      false,
    );
  });

  it('is refused in the files of today', () => {
    const questions = [
      { key: '2nd', prompt: 'A', type: 'string' },
      { prompt: 'B', required: true },
    ];
    const today = {
      name: 'x',
      games: ['explore'],
      forms: [{ name: 'f', trigger: { event: 'before-assignment' }, questions }],
    };
    expect(said(today)).toEqual([]);
    expect(experimentSchema.safeParse(readKeys(today).data).success).toBe(false);
  });
});

describe('Keys that older files may have beside those that are known', () => {
  it('are left out with a word about it', () => {
    const first = {
      name: 'x',
      assignment_strategy: { games: ['explore'], weighting: { a: 1 }, hold_minutes: 9 },
    };
    expect(read(first).assignment.holdMinutes).toBe(9);
    expect(said(first)).toEqual(['warning assignment_strategy.weighting has no effect here. Remove it.']);
    const second = {
      name: 'x',
      games: ['explore'],
      next_game_strategy: { comment: 'ours', strategy: { id: 'random_unique', temperature: 3, flags: null } },
    };
    expect(read(second).assignment.strategy).toBe('random-unique');
    expect(said(second)).toEqual([
      'warning next_game_strategy.strategy.temperature has no effect here. Remove it.',
      'warning next_game_strategy.strategy.flags has no effect here. Remove it.',
      'warning next_game_strategy.comment has no effect here. Remove it.',
    ]);
  });

  it('are left out with a word about it, also at the top', () => {
    const data = { ...SNAPSHOT, study_version: 3, contact: { email: 'a@b.c' }, ui: 'none' };
    expect(said(data)).toEqual([
      'warning study_version has no effect here. Remove it.',
      'warning contact has no effect here. Remove it.',
    ]);
    expect(Object.keys(Object(readKeys(data).data))).not.toContain('contact');
    expect(experimentSchema.safeParse(readKeys(data).data).success).toBe(false);
    const { ui: _ui, ...known } = data;
    expect(read(known)).toEqual(read(SNAPSHOT));
  });

  it('are left for the schema to refuse at the top, where they are nearly known or the file is of today', () => {
    for (const key of ['quota', 'form', 'clozes', 'withdrawel', 'assignment_strategi']) {
      const data = { ...SNAPSHOT, [key]: null };
      expect(said(data)).toEqual([]);
      expect(Object.keys(Object(readKeys(data).data))).toContain(key);
    }
    const today = { name: 'x', games: ['explore'], contact: 'us' };
    expect(said(today)).toEqual([]);
    expect(experimentSchema.safeParse(readKeys(today).data).success).toBe(false);
  });

  it('are errors where they are nearly those that are known, of any generation', () => {
    expect(said({ name: 'x', assignment_strategy: { quota_for_game: 3, hold_minuts: 9 } })).toEqual([
      'error assignment_strategy.quota_for_game is not a known field. Write quota_per_game instead.',
      'error assignment_strategy.hold_minuts is not a known field. Write holdMinutes instead.',
    ]);
  });
});

describe('The keys of the second generation', () => {
  it('say what those of today say', () => {
    expect(read(LATER)).toMatchObject({
      name: 'benchmark-humans',
      seed: 'autumn',
      registration: 'anonymous',
      players: {
        humans: true,
        models: [{ model: 'openrouter:vendor/model-1' }, { model: 'openai-compatible:local' }],
      },
      games: [
        {
          name: 'Explore',
          overrides: { maxTurns: 20, maxPlaytimeSeconds: 900, retryBudget: 3, showNpcDetails: false },
        },
        { name: 'Teamwork', overrides: {} },
      ],
      assignment: {
        strategy: 'least-played-combination-next',
        maxPerParticipant: 4,
        participantChooses: true,
        requireCompletion: false,
        playerCharacters: ['pc-eligible'],
      },
      quotas: { perGame: 5 },
      forms: [
        { name: 'about_you', trigger: { event: 'before-all-assignments' }, questions: [{ type: 'email' }] },
      ],
    });
  });

  it('are told what has no effect here', () => {
    expect(said(LATER)).toEqual(['warning ui.launch_gui has no effect here. Remove it.']);
  });

  it('prefer the seed of the strategy to that of the file', () => {
    expect(read({ ...LATER, seed: 1 }).seed).toBe('autumn');
    const { seed: _seed, ...strategy } = LATER.next_game_strategy.strategy;
    expect(read({ ...LATER, seed: 1, next_game_strategy: { strategy } }).seed).toBe(1);
  });

  it('may say for each game who is met in it', () => {
    const met = (...casts: readonly unknown[]) => ({
      name: 'x',
      games: casts.map((cast) => ({ name: 'Explore', overrides: { npcs_allowed: cast, max_turns: 9 } })),
    });
    expect(read(met('non_human', 'non_human')).assignment.simulatedCharacters).toEqual(['non-human']);
    expect(read(met(['OCT', 'BEE'])).games[0]?.overrides).toEqual({ maxTurns: 9 });
    const different = met(['OCT'], 'non_human', null);
    expect(read(different).games.map(({ npcs }) => npcs)).toEqual([['OCT'], ['non-human'], undefined]);
    expect(read(different).assignment.simulatedCharacters).toBeUndefined();
    expect(said(different)).toEqual([]);
    const beside = { ...met(['OCT']), assignment: { simulatedCharacters: ['BEE'] } };
    expect(read(beside)).toMatchObject({
      games: [{ npcs: ['OCT'] }],
      assignment: { simulatedCharacters: ['BEE'] },
    });
    expect(
      said({
        ...met(['OCT']),
        games: [{ name: 'Explore', npcs: ['BEE'], overrides: { npcs_allowed: ['OCT'] } }],
      }),
    ).toEqual(['error games[0].overrides.npcs_allowed says the same as games[0].npcs. Keep one of the two.']);
  });

  it('are refused beside those of today that say the same', () => {
    const twice = {
      ...LATER,
      ui: { registration_required: 'maybe', theme: 'dark' },
      assignment: { strategy: 'random-unique' },
    };
    expect(said(twice)).toEqual([
      'error next_game_strategy.strategy.id says the same as assignment.strategy. Keep one of the two.',
      'error ui.registration_required is neither true nor false. Make it true or false.',
      'error ui.theme is not a known field. Remove it. Known here: launch_gui, registration_required.',
    ]);
    expect(said({ ...LATER, ui: { registration_required: true }, registration: 'required' })).toEqual([
      'error ui.registration_required says the same as registration. Keep one of the two.',
    ]);
  });
});

describe('The keys of today', () => {
  it('may be written in snake case', () => {
    const { assignment, quotas, completion, forms } = read({
      name: 'x',
      games: ['explore'],
      assignment: { max_per_participant: 2, player_characters: ['pc_eligible'], hold_minutes: 5 },
      quotas: { per_combination: 3 },
      completion: { shared_code: 'A', code: 'shared' },
      forms: [
        {
          name: 'f',
          trigger: { event: 'on_finish' },
          questions: [{ prompt: 'Q', type: 'string', max_length: 9 }],
        },
      ],
    });
    expect(assignment).toMatchObject({
      maxPerParticipant: 2,
      playerCharacters: ['pc-eligible'],
      holdMinutes: 5,
    });
    expect(quotas).toEqual({ perCombination: 3 });
    expect(completion.sharedCode).toBe('A');
    expect(forms[0]).toMatchObject({ trigger: { event: 'on-finish' }, questions: [{ maxLength: 9 }] });
  });

  it('stay as they are where both spellings are there, for the schema to refuse one', () => {
    const { data } = readKeys({ assignment: { hold_minutes: 5, holdMinutes: 6 } });
    expect(data).toEqual({ assignment: { hold_minutes: 5, holdMinutes: 6 } });
  });

  it.each([
    null,
    7,
    'text',
    [1],
    { forms: 3, games: { a: 1 }, assignment: [], players: 0, ui: 1, quotas: 'x' },
  ])('leave %j to the schema', (data) => {
    expect(readKeys(data)).toMatchObject({ data, problems: [] });
  });
});

const MEANINGFUL_KEYS =
  `assignment_strategy next_game_strategy strategy ui players humans models games forms trigger
  questions overrides pcs_allowed assignment id seed name before_or_after pc_eligible_only player_characters options match
  __proto__ constructor toString`.split(/\s+/);

describe('Whatever a file holds', () => {
  const keys = fc.oneof(fc.constantFrom(...MEANINGFUL_KEYS), fc.string({ maxLength: 6 }));
  const { document } = fc.letrec((tie) => ({
    document: fc.oneof(
      { maxDepth: 6 },
      fc.constantFrom(null, true, 3, 'random_unique', 'before', 'constructor', 'all'),
      fc.array(tie('document'), { maxLength: 3 }),
      fc.dictionary(keys, tie('document'), { maxKeys: 5 }),
    ),
  }));

  it('is read without a fault, and has a place for every part', () => {
    fc.assert(
      fc.property(document, (data) => {
        const { data: today, writtenAt, problems } = readKeys(data);
        const result = experimentSchema.safeParse(today);
        for (const { path } of result.error?.issues ?? [])
          expect(writtenAt(path).length).toBeGreaterThanOrEqual(0);
        for (const { message, fix } of problems) expect(`${message}${fix}`).not.toContain('undefined');
      }),
      { numRuns: 2000 },
    );
  });

  it('is left as it is where it speaks the keys of today', () => {
    const today = experimentSchema.parse(readKeys(SNAPSHOT).data);
    expect(readKeys(today).data).toEqual(today);
  });
});

describe('The way back', () => {
  const written = (data: unknown, ...path: readonly PropertyKey[]) =>
    formatPath(readKeys(data).writtenAt(path));

  it('leads to where the author wrote it', () => {
    expect(written(SNAPSHOT, 'games', 1, 'name')).toBe('assignment_strategy.games[1]');
    expect(written(SNAPSHOT, 'quotas', 'perGame')).toBe('assignment_strategy.quota_per_game');
    expect(written(SNAPSHOT, 'assignment', 'participantChooses')).toBe('assignment_strategy.assignment_mode');
    expect(written(SNAPSHOT, 'assignment', 'maxPerParticipant')).toBe('assignment_strategy.strategy');
    expect(written(SNAPSHOT, 'forms', 0, 'questions', 1, 'type')).toBe(
      'forms.consent.questions[1].answer_type',
    );
    expect(written(SNAPSHOT, 'forms', 1, 'trigger', 'event')).toBe('forms.Post play.before_or_after');
    expect(written(LATER, 'games', 0, 'overrides', 'maxPlaytimeSeconds')).toBe(
      'games[0].overrides.max_playtime',
    );
    expect(written(LATER, 'registration')).toBe('ui.registration_required');
    expect(written(LATER, 'players', 'models', 0, 'model')).toBe('players.models[0].id');
  });

  it('leads to where it would stand when nobody wrote it', () => {
    expect(written(LATER, 'assignment', 'holdMinutes')).toBe('next_game_strategy.strategy.holdMinutes');
    expect(written({ name: 'x' }, 'games')).toBe('games');
  });
});
