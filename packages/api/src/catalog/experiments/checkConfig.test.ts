import { builtInGames } from '@dcs/engine';
import fc from 'fast-check';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadCharacters } from '../characters.ts';
import { loadGameFiles } from '../gameFiles.ts';
import { formatPath } from '../problem.ts';
import { checkConfig, parseConfig } from './checkConfig.ts';
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
  gameNames: [...builtInGames.map(({ name }) => name), 'chess'],
  characters: characters.map(({ sheet }) => sheet),
  modelProblems: (models) =>
    models.filter((model) => model !== 'scripted').map((model) => `No key for ${model}.`),
};

const valid = {
  name: 'pilot',
  games: [{ name: 'explore' }, { name: 'Infer Intent' }],
  assignment: { playerCharacters: ['TOV', 'AMA'], simulatedCharacters: ['OCT', 'BEE'] },
};
const form = (name: string, trigger: object, questions: readonly object[] = [{ prompt: 'Read this.' }]) => ({
  name,
  trigger,
  questions,
});
const BEFORE = { event: 'before-all-assignments' };

/** Everything that is said of `valid` with some sections changed: `severity reason path`. */
function said(changes: object): readonly string[] {
  return checkConfig(parseConfig({ ...valid, ...changes }), world).problems.map(
    ({ severity, reason, path }) => `${severity} ${reason} ${formatPath(path)}`,
  );
}

const sentences = (changes: object): readonly string[] =>
  checkConfig(parseConfig({ ...valid, ...changes }), world).problems.map(
    ({ path, message, fix }) => `${formatPath(path)} ${message}. ${fix}`,
  );

describe('A configuration', () => {
  it('that is fine is taken with everything filled in', () => {
    const { config, problems } = checkConfig(parseConfig(valid), world);
    expect(problems).toEqual([]);
    expect(config).toMatchObject({
      assignment: { strategy: 'least-played-combination-next', maxPerParticipant: 3 },
      players: { humans: true, models: [] },
      completion: { code: 'individual' },
    });
  });

  it('names games by name or title, and gets their names', () => {
    const { config } = checkConfig(parseConfig({ ...valid, games: [{ name: 'GOAL_horizon' }] }), world);
    expect(config?.games.map(({ name }) => name)).toEqual(['goal-horizon']);
  });

  it('may name a game in a trigger, which then means all of its variants', () => {
    const games = [
      { name: 'Explore', variant: 'open' },
      { name: 'explore', variant: 'hidden' },
      { name: 'teamwork' },
    ];
    const trigger = { event: 'after-assignment', games: ['Explore', 'Teamwork', 'hidden'] };
    const { config, problems } = checkConfig(
      parseConfig({ ...valid, games, forms: [form('after', trigger)] }),
      world,
    );
    expect(problems).toEqual([]);
    expect(config?.forms[0]?.trigger.games).toEqual(['open', 'hidden', 'teamwork']);
  });

  it('is told all that is wrong with it at once, of the schema and beyond it', () => {
    expect(
      said({
        games: [{ name: 'explor' }],
        quotas: { perGame: 0 },
        opens: '2026-12-02T00:00:00Z',
        closes: '2026-12-01T00:00:00Z',
        colour: 'red',
      }),
    ).toEqual([
      'error schema/too-small quotas.perGame',
      'error schema/unknown-field colour',
      'error experiment/unknown-game games[0].name',
      'error experiment/closed-before-open closes',
    ]);
  });

  it('is not blamed for what follows from another mistake', () => {
    const assignment = { strategy: 'full-character-access', simulatedCharacters: ['oct'] };
    expect(said({ assignment })).toEqual(['error schema/invalid assignment.simulatedCharacters[0]']);
    expect(said({ name: 'A Study' })).toEqual(['error schema/invalid name']);
  });

  it('is refused when it is no group of fields at all', () => {
    expect(checkConfig(parseConfig('pilot'), world).problems.map(({ reason }) => reason)).toEqual([
      'schema/wrong-type',
    ]);
  });
});

describe('A configuration with an entry that the schema refuses', () => {
  const asked = (changes: object) => ({
    prompt: 'How sure?',
    type: 'single-choice',
    options: ['a'],
    ...changes,
  });

  it('is told what is wrong with all of its other forms, and with the rest of that form', () => {
    const forms = [
      form('first', { event: 'after-turns' }, [
        asked({ type: 'choice', maxChoices: 4 }),
        asked({ options: undefined }),
      ]),
      form('second', { event: 'on-finish', turns: 3 }, [
        asked({ key: 'sure' }),
        asked({ key: 'sure', required: 'yes', options: ['b', 'b'] }),
      ]),
      form('Third', { event: 'before-assignment', games: ['baseball'] }, [asked({ options: undefined })]),
      form('first', { event: 'sometimes', turns: 3 }, [asked({ options: undefined })]),
    ];
    expect(said({ forms })).toEqual([
      'error schema/unknown-value forms[0].questions[0].type',
      'error schema/wrong-type forms[1].questions[1].required',
      'error schema/invalid forms[2].name',
      'error schema/unknown-value forms[3].trigger.event',
      'error experiment/shared-form-name forms[3].name',
      'error experiment/unknown-form-game forms[2].trigger.games[0]',
      'error form/turns-missing forms[0].trigger.turns',
      'error form/options-missing forms[0].questions[1].options',
      'error form/turns-unused forms[1].trigger.turns',
      'error form/shared-key forms[1].questions[1].key',
      'error form/shared-option forms[1].questions[1].options[1]',
      'error form/options-missing forms[2].questions[0].options',
      'error form/options-missing forms[3].questions[0].options',
    ]);
  });

  describe('where it is a name of a game that cannot be read', () => {
    const naming = (...games: readonly string[]) => [form('after', { event: 'after-assignment', games })];
    const UNKNOWN = 'error experiment/unknown-form-game forms[0].trigger.games[0]';

    it('is told of triggers that name neither a game that can be read nor what may be meant by the other', () => {
      const games = [{ name: 'explore', variant: 'Open_Water' }, { name: 'teamwork' }];
      const broken = 'error schema/invalid games[0].variant';
      expect(said({ games, forms: naming('baseball') })).toEqual([broken, UNKNOWN]);
      for (const meant of [
        'open-water',
        'Open_Water',
        'open-watre',
        'water',
        'explore',
        'teamwork',
        'Teamwork',
      ]) {
        expect(said({ games, forms: naming(meant) })).toEqual([broken]);
      }
    });

    it('is told of games by which they can be mended, and of none that stands in for another', () => {
      const games = [{ name: 'explore', variant: 'Open_Water' }, { name: 'teamwork' }];
      expect(sentences({ games, forms: naming('baseball') }).at(-1)).toBe(
        'forms[0].trigger.games[0] is baseball, which is no game of this experiment. Use one of: teamwork.',
      );
      const [one] = games;
      expect(sentences({ games: [one], forms: naming('baseball') }).at(-1)).toBe(
        'forms[0].trigger.games[0] is baseball, which is no game of this experiment. Use the name of one of its games.',
      );
    });

    it('is told nothing of triggers that may mean it, where nobody can tell what it is called', () => {
      for (const first of [{ name: 5 }, { name: '' }, {}, { name: 'explore', variant: 7 }, 5]) {
        const found = said({ games: [first, { name: 'teamwork' }], forms: naming('baseball') });
        expect(found).not.toContain(UNKNOWN);
        expect(found).not.toEqual([]);
      }
      expect(said({ games: 'explore', forms: naming('baseball') })).not.toContain(UNKNOWN);
    });

    it('is told by what stands under a mistyped key, or instead of an entry', () => {
      for (const first of [{ nmae: 'explore' }, 'explore', { name: 'teamwork', varient: 'explore' }]) {
        const games = [first, { name: 'foresight' }];
        expect(said({ games, forms: naming('explore') })).not.toContain(UNKNOWN);
        expect(said({ games, forms: naming('baseball') })).toContain(UNKNOWN);
      }
    });
  });

  it('is told what is wrong with all of its other games, and with the rest of that game', () => {
    const games = [
      { name: 'explore', variant: 'Open World', overrides: { maxTurns: 501 } },
      { name: 'explor' },
      7,
      { name: 'infer-intend', colour: 'red', overrides: { condition: 'learning' } },
      { name: 'explore', overrides: { maxTurns: 501 } },
      { name: 'explore' },
    ];
    expect(said({ games })).toEqual([
      'error schema/invalid games[0].variant',
      'error schema/wrong-type games[2]',
      'error schema/unknown-field games[3].colour',
      'error experiment/unknown-game games[1].name',
      'error experiment/unknown-game games[3].name',
      'error experiment/shared-variant games[5].name',
      'error schema/too-big games[0].overrides.maxTurns',
      'error schema/too-big games[4].overrides.maxTurns',
      'error experiment/condition-of-game games[3].overrides.condition',
    ]);
  });

  it('is told what is wrong with its other characters, models and quotas', () => {
    expect(
      said({
        assignment: { playerCharacters: ['tov', 'TOVE'], simulatedCharacters: ['OCTO'], holdMinutes: 0 },
        players: { models: [{ model: 'scripted', participants: 0 }, { model: 'openrouter:a/b' }] },
        models: { updater: ['nobody', 'openrouter:c/d'] },
        quotas: { participants: 4, perGame: 5, perCharacter: 0 },
        completion: { code: 'shared', text: 3 },
      }),
    ).toEqual([
      'error schema/too-small players.models[0].participants',
      'error schema/invalid assignment.playerCharacters[0]',
      'error schema/too-small assignment.holdMinutes',
      'error schema/too-small quotas.perCharacter',
      'error schema/invalid models.updater[0]',
      'error schema/wrong-type completion.text',
      'error experiment/unknown-character assignment.playerCharacters[1]',
      'error experiment/unknown-character assignment.simulatedCharacters[0]',
      'error experiment/nobody-admitted assignment.simulatedCharacters',
      'warning experiment/quota-above-participants quotas.perGame',
      'error experiment/model-not-set-up players.models[1].model',
      'error experiment/model-not-set-up models.updater[1]',
      'error experiment/shared-code-missing completion.sharedCode',
    ]);
  });

  it('is not blamed for triggers that may mean that entry', () => {
    const games = [{ name: 'explore', variant: 'Open' }, { name: 'teamwork' }];
    const forms = [form('after', { event: 'after-assignment', games: ['Open'] })];
    expect(said({ games, forms })).toEqual(['error schema/invalid games[0].variant']);
  });

  it('is not blamed for what a mistyped key may have said', () => {
    const games = [{ name: 'explore' }, { name: 'explore', varient: 'hidden' }];
    const forms = [
      form('later', { event: 'after-turns', turn: 3 }, [asked({ options: undefined, option: ['a'] })]),
    ];
    expect(said({ games, forms })).toEqual([
      'error schema/unknown-field games[1].varient',
      'error schema/unknown-field forms[0].trigger.turn',
      'error schema/unknown-field forms[0].questions[0].option',
    ]);
    const strategy = { ...valid.assignment, strategy: 'random-unique-game', maxPerParticipant: 2 };
    expect(said({ assignment: strategy, quota: { perGame: 3 } })).toEqual([
      'error schema/unknown-field quota',
    ]);
  });

  it('is not blamed for what may stand in that entry', () => {
    const assignment = { ...valid.assignment, strategy: 'expertise-matched-character-next' };
    const question = { key: 'expertise', prompt: 'What do you know?', type: 'text' };
    expect(said({ assignment, forms: [form('about_you', BEFORE, [question])] })).toEqual([
      'error schema/unknown-value forms[0].questions[0].type',
    ]);
    const scale = { prompt: 'How sure?', type: 'number', min: 'one', max: 7, labels: ['not', 'very'] };
    expect(said({ forms: [form('sure', BEFORE, [scale])] })).toEqual([
      'error schema/wrong-type forms[0].questions[0].min',
    ]);
    expect(said({ players: { humans: false, models: 'scripted' } })).toEqual([
      'error schema/wrong-type players.models',
    ]);
    const quotas = { participants: 1, perGame: 1 };
    expect(said({ quotas, assignment: { ...valid.assignment, maxPerParticipant: 0 } })).toEqual([
      'error schema/too-small assignment.maxPerParticipant',
    ]);
  });

  it('counts that entry where games are counted', () => {
    const games = [{ name: 'explore', colour: 'red' }, { name: 'teamwork' }];
    const assignment = { ...valid.assignment, strategy: 'random-unique', maxPerParticipant: 2 };
    expect(said({ games, assignment })).toEqual(['error schema/unknown-field games[0].colour']);
    expect(said({ games, assignment: { ...assignment, maxPerParticipant: 3 } })).toContain(
      'error experiment/more-than-games assignment.maxPerParticipant',
    );
  });
});

describe('Whatever the schema refuses', () => {
  const whole: Readonly<Record<string, unknown>> = {
    ...valid,
    games: [{ name: 'explore', variant: 'open', overrides: { maxTurns: 9 } }, { name: 'teamwork' }],
    forms: [form('about_you', BEFORE, [{ key: 'age', prompt: 'Age', type: 'number', min: 1, max: 7 }])],
    players: { humans: true, models: [{ model: 'scripted', participants: 2 }] },
    models: { updater: ['scripted'] },
    quotas: { perGame: 3 },
    completion: { code: 'none' },
    opens: '2026-12-01T09:00:00Z',
  };
  const junk = fc.oneof(
    fc.constantFrom<unknown[]>(null, 7, '', 'A b', [], [null], {}, { unknown: 1 }, [{}, { name: 'x' }]),
    fc.jsonValue({ maxDepth: 2 }),
  );
  const brokenSomewhere = (node: unknown): fc.Arbitrary<unknown> => {
    if (typeof node !== 'object' || node === null) return junk;
    const inner = Object.entries(node).map(([key, value]) =>
      brokenSomewhere(value).map((broken): unknown =>
        Array.isArray(node) ? node.with(Number(key), broken) : { ...node, [key]: broken },
      ),
    );
    return fc.oneof(junk, ...inner);
  };

  it('the rest is still looked at', () => {
    const sections = fc.record(
      Object.fromEntries(Object.entries(whole).map(([key, value]) => [key, brokenSomewhere(value)])),
    );
    fc.assert(
      fc.property(sections, (changes) => {
        expect(said({ ...changes, caps: { turn: {} } })).toContain('warning experiment/empty-cap caps.turn');
      }),
      { numRuns: 60 },
    );
  });
});

describe('Of its games an experiment is told', () => {
  it('which ones there are not, and what was meant', () => {
    expect(sentences({ games: [{ name: 'infer-intend' }, { name: 'Goal Horizn' }, { name: 'go' }] })).toEqual(
      [
        'games[0].name is infer-intend, and there is no such game. Did you mean infer-intent?',
        'games[1].name is Goal Horizn, and there is no such game. Did you mean goal-horizon?',
        expect.stringMatching(/^games\[2\]\.name is go, and there is no such game\. Use one of: .*explore/),
      ],
    );
  });

  it('which ones have no usable file', () => {
    expect(sentences({ games: [{ name: 'Chess' }] })).toEqual([
      'games[0].name is chess, which is not offered: its file is missing or unusable. Mend games/chess.yaml.',
    ]);
  });

  it('when two go by the same variant', () => {
    const games = [{ name: 'explore' }, { name: 'Explore' }, { name: 'teamwork', variant: 'explore' }];
    expect(said({ games })).toEqual([
      'error experiment/shared-variant games[1].name',
      'error experiment/shared-variant games[2].variant',
    ]);
  });

  it('which settings their own schemas refuse, over those of their files', () => {
    const games = [{ name: 'explore', overrides: { maxTurns: 501, maxTurn: 3 } }, { name: 'teamwork' }];
    expect(sentences({ games })).toEqual([
      'games[0].overrides.maxTurns is 501. Use 500 or less.',
      'games[0].overrides.maxTurn is not a known field. Write maxTurns instead.',
    ]);
  });

  it('that one game cannot have a condition of its own', () => {
    const games = [{ name: 'explore', overrides: { condition: 'learning' } }];
    expect(said({ games })).toEqual(['error experiment/condition-of-game games[0].overrides.condition']);
  });
});

describe('Of its characters an experiment is told', () => {
  it('which handles nobody has', () => {
    expect(sentences({ assignment: { simulatedCharacters: ['OCT', 'OCTO', 'all'] } })).toEqual([
      'assignment.simulatedCharacters[1] is OCTO, and there is no such character. Did you mean OCT?',
    ]);
  });

  it('in which games nobody is left to play or to meet', () => {
    expect(sentences({ assignment: { playerCharacters: ['BAR'] }, games: [{ name: 'explore' }] })).toEqual([
      'assignment.playerCharacters leaves nobody to play in explore. Name somebody whom games/*.yaml admits under pcs, or leave the game out.',
    ]);
  });

  it('of which game they are, where a game has its own', () => {
    const games = [
      { name: 'explore', pcs: ['BAR'], npcs: ['OCTO'] },
      { name: 'teamwork', pcs: ['TOV'], npcs: ['TOV'] },
      { name: 'infer-intent', npcs: ['oct', 'BEEE'] },
      { name: 'foresight' },
    ];
    expect(said({ games })).toEqual([
      'error schema/invalid games[2].npcs[0]',
      'error experiment/unknown-character games[0].npcs[0]',
      'error experiment/unknown-character games[2].npcs[1]',
      'error experiment/nobody-admitted games[0].pcs',
      'error experiment/nobody-admitted games[0].npcs',
      'error experiment/nobody-else games[1].pcs',
    ]);
  });

  it('when all that is left is a character that meets itself', () => {
    const assignment = { playerCharacters: ['TOV'], simulatedCharacters: ['TOV'] };
    expect(said({ assignment })).toEqual(['error experiment/nobody-else assignment.playerCharacters']);
    expect(said({ assignment: { ...assignment, sameCharacter: true } })).toEqual([]);
  });
});

describe('Of its strategy an experiment is told', () => {
  it('that games are filled up to a quota, which it does not say', () => {
    const assignment = { ...valid.assignment, strategy: 'random-unique-game', maxPerParticipant: 2 };
    expect(said({ assignment })).toEqual(['error experiment/quota-missing quotas.perGame']);
    expect(said({ assignment, quotas: { perGame: 5 } })).toEqual([]);
  });

  it('that nobody can have more games than there are, each of them once', () => {
    const assignment = { ...valid.assignment, strategy: 'random-unique', maxPerParticipant: 3 };
    expect(said({ assignment })).toEqual(['error experiment/more-than-games assignment.maxPerParticipant']);
  });

  it.each(['choice', 'next', 'batch'])('that expertise has to be asked before it is matched (%s)', (kind) => {
    const strategy = `expertise-matched-character-${kind}`;
    const assignment = { ...valid.assignment, strategy, participantChooses: true };
    const asked = { prompt: 'Expertise', type: 'string' };
    const unasked = ['error experiment/expertise-not-asked assignment.strategy'];
    expect(said({ assignment })).toEqual(unasked);
    expect(said({ assignment, forms: [form('late', { event: 'before-assignment' }, [asked])] })).toEqual(
      unasked,
    );
    expect(said({ assignment, forms: [form('told', BEFORE, [{ prompt: 'Expertise' }])] })).toEqual(unasked);
    expect(said({ assignment, forms: [form('about_you', BEFORE, [asked])] })).toEqual([]);
    expect(said({ assignment, forms: [form('about_you', BEFORE, [{ ...asked, personal: true }])] })).toEqual([
      'error experiment/expertise-personal forms[0].questions[0]',
    ]);
  });
});

describe('Of strategies that are there to choose from an experiment is warned', () => {
  it.each(['full-character-access', 'max-contrast-pairing', 'expertise-matched-character-choice'])(
    'when nobody may choose: %s gives the same every time',
    (strategy) => {
      const forms = [
        form('about_you', BEFORE, [{ key: 'expertise', prompt: 'What do you know?', type: 'string' }]),
      ];
      const assignment = { ...valid.assignment, strategy };
      expect(said({ forms, assignment })).toEqual(['warning experiment/same-every-time assignment.strategy']);
      expect(said({ forms, assignment: { ...assignment, participantChooses: true } })).toEqual([]);
      expect(said({ forms, assignment: { ...assignment, maxPerParticipant: 1 } })).toEqual([]);
    },
  );
});

describe('Of its quotas an experiment is warned', () => {
  it('when so few people cannot fill them', () => {
    expect(
      sentences({
        quotas: { participants: 4, perGame: 3, perCombination: 1, perCharacter: 4 },
        assignment: { ...valid.assignment, maxPerParticipant: 1 },
      }),
    ).toEqual([
      'quotas.perGame takes 6 assignments, but 4 participants with at most 1 each make 4. Lower it, or raise quotas.participants or assignment.maxPerParticipant.',
      'quotas.perCharacter takes 8 assignments, but 4 participants with at most 1 each make 4. Lower it, or raise quotas.participants or assignment.maxPerParticipant.',
      'quotas.perCombination takes 8 assignments, but 4 participants with at most 1 each make 4. Lower it, or raise quotas.participants or assignment.maxPerParticipant.',
    ]);
    expect(said({ quotas: { participants: 100, perGame: 5 } })).toEqual([]);
  });

  it('when one wants more people than may take part', () => {
    expect(sentences({ quotas: { participants: 4, perCharacter: 5 } })).toEqual([
      'quotas.perCharacter wants 5 participants of 4. Lower it to at most 4, or raise quotas.participants.',
    ]);
  });

  it('when the models alone are more than may take part', () => {
    const players = { models: [{ model: 'scripted', participants: 9 }] };
    expect(said({ quotas: { participants: 8 }, players })).toEqual([
      'warning experiment/models-beyond-quota quotas.participants',
    ]);
  });

  it('and can be used all the same', () => {
    const { config, problems } = checkConfig(
      parseConfig({ ...valid, quotas: { participants: 2, perGame: 4 } }),
      world,
    );
    expect(problems.map(({ severity }) => severity)).toEqual(['warning', 'warning']);
    expect(config?.quotas.perGame).toBe(4);
  });
});

describe('Of its forms an experiment is told', () => {
  it('which names and keys are taken', () => {
    const questions = [
      { key: 'age', prompt: 'Age', type: 'number' },
      { key: 'age', prompt: 'Your age', type: 'number' },
    ];
    expect(said({ forms: [form('who', BEFORE), form('who', BEFORE, questions)] })).toEqual([
      'error experiment/shared-form-name forms[1].name',
      'error form/shared-key forms[1].questions[1].key',
    ]);
  });

  it('when what is asked together is long to load, whichever game it is', () => {
    const long = [{ prompt: 'Read this. '.repeat(300) }, { prompt: 'And this. '.repeat(300) }];
    const after = { event: 'after-assignment' };
    const half = (name: string, trigger: object) => form(name, trigger, [...long, ...long.slice(1)]);
    expect(said({ forms: [half('consent', BEFORE), half('later', after)] })).toEqual([]);
    const games = { games: ['explore'] };
    expect(
      said({ forms: [half('first', after), half('second', { ...after, games: ['infer-intent'] })] }),
    ).toEqual([]);
    const three = ['one', 'two', 'three'].map((name) => half(name, { ...after, ...games }));
    expect(said({ forms: [form('consent', BEFORE), ...three] })).toEqual([
      'warning experiment/heavy-forms forms[1]',
    ]);
  });

  it('what does not fit their triggers', () => {
    const forms = [
      form('one', { event: 'after-turns' }),
      form('two', { event: 'on-finish', turns: 3 }),
      form('three', { event: 'after-assignment', games: ['infer-intent', 'baseball'] }),
    ];
    expect(said({ forms })).toEqual([
      'error experiment/unknown-form-game forms[2].trigger.games[1]',
      'error form/turns-missing forms[0].trigger.turns',
      'error form/turns-unused forms[1].trigger.turns',
    ]);
  });
});

describe('Of who takes part and what models may use an experiment is told', () => {
  it('that somebody has to', () => {
    expect(said({ players: { humans: false } })).toEqual(['error experiment/nobody-takes-part players']);
    expect(said({ players: { humans: false, models: [{ model: 'scripted' }] } })).toEqual([]);
  });

  it('which models cannot be asked here', () => {
    expect(
      sentences({
        players: { models: [{ model: 'scripted' }, { model: 'openrouter:a/b' }] },
        models: { updater: ['scripted', 'openrouter:c/d'] },
      }),
    ).toEqual([
      'players.models[1].model is openrouter:a/b, which cannot be asked here. No key for openrouter:a/b.',
      'models.updater[1] is openrouter:c/d, which cannot be asked here. No key for openrouter:c/d.',
    ]);
  });

  it('which caps cap nothing', () => {
    const caps = {
      turn: {},
      session: { tokens: 500 },
      player: { tokens: 400, dollars: 2 },
      experiment: { dollars: 1 },
    };
    expect(said({ caps })).toEqual([
      'warning experiment/empty-cap caps.turn',
      'warning experiment/cap-out-of-reach caps.session.tokens',
      'warning experiment/cap-out-of-reach caps.player.dollars',
    ]);
  });
});

describe('Of its end an experiment is told', () => {
  it('when it closes before it opens, whatever the zones', () => {
    const opens = '2026-12-01T09:00:00+01:00';
    expect(said({ opens, closes: '2026-12-01T08:00:00Z' })).toEqual([
      'error experiment/closed-before-open closes',
    ]);
    expect(said({ opens, closes: '2026-12-01T08:00:01Z' })).toEqual([]);
  });

  it.each([
    [{ code: 'shared' }, ['error experiment/shared-code-missing completion.sharedCode']],
    [{ code: 'shared', sharedCode: 'THANKS' }, []],
    [{ sharedCode: 'THANKS' }, ['error experiment/shared-code-unused completion.sharedCode']],
    [
      { code: 'none', url: 'https://panel.example/done?code={code}' },
      ['warning experiment/no-code-for-url completion.url'],
    ],
    [{ url: 'https://panel.example/done?code={code}' }, []],
  ])('which code belongs to %j', (completion, problems) => {
    expect(said({ completion })).toEqual(problems);
  });
});
