import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { referenceHeron } from './referenceHeron.ts';

/* A small folder of labelled cases of our own, in the form in which they are exchanged. */

const person = {
  ...referenceHeron,
  hid: 'ANA',
  is_human: true,
  pc_eligible: true,
  short_description: 'A person.',
};

const base = { pc_hid: 'ANA', npc_hid: 'HRN', description: 'For a test.' };
const OPENING = 'Opening scene: You stand by a pond. HRN waits in the reeds.';

const PLAYER_RULES = ['VALID-PC-ACTION', 'VALID-PC-ABILITY', 'VALID-PLAYER-AUTHORITY-BOUNDARY'];
const SIMULATOR_RULES = ['VALID-NPC-ACTION', 'VALID-ADJUDICATION'];

const labels = (rules: readonly string[], ...broken: readonly string[]) => ({
  expected_ensemble_pass: broken.length === 0,
  expected_failed_validators: broken,
  expected_passed_validators: rules.filter((rule) => !broken.includes(rule)),
});

const actions = [
  { ...base, id: 'waves', transcript: OPENING, player_action: 'I wave.', ...labels(PLAYER_RULES) },
  {
    ...base,
    id: 'decides-for-the-other',
    transcript: OPENING,
    player_action: 'I wave and HRN flies to me.',
    ...labels(PLAYER_RULES, 'VALID-PLAYER-AUTHORITY-BOUNDARY'),
  },
];

const replies = [
  {
    ...base,
    id: 'answers',
    transcript: `${OPENING}\nPlayer (ANA): I wave.`,
    game_objective: '',
    simulator_response: 'HRN turns its head.',
    ...labels(SIMULATOR_RULES),
  },
  {
    ...base,
    id: 'passes-over-it',
    transcript: `${OPENING}\nPlayer (ANA): I whistle.`,
    game_objective: 'to be noticed',
    simulator_response: 'Rain falls elsewhere.',
    ...labels(SIMULATOR_RULES, 'VALID-ADJUDICATION'),
  },
];

const played = `${OPENING} Player: I wave. I predict HRN will turn. Simulator: HRN turns its head.`;

const scorer = (key: string, cases: readonly object[]) => ({ metadata: { model_key: key }, cases });

export const LABELLED_FILES: Readonly<Record<string, unknown>> = {
  'characters.json': [referenceHeron, person],
  'player_cases.json': scorer('DEFAULT_PLAYER_TURN_VALIDATORS', actions),
  'simulator_cases.json': scorer('DEFAULT_SIMULATOR_TURN_VALIDATORS', replies),
  'goal_cases.json': scorer('SCORER_GOAL_INFERENCE', [
    { ...base, id: 'unplayed', transcript: OPENING, guess: 'Fish.', expected_tier: 0, expected_score: 0 },
    { ...base, id: 'played', transcript: played, guess: 'Fish.', expected_tier: '<2', expected_score: '<50' },
  ]),
  'prediction_cases.json': scorer('SCORER_NEXT_ACTION', [
    { ...base, id: 'right', transcript: played, expected_tier: 3, expected_score: '>=85' },
  ]),
};

/** Writes the files, with some of them replaced. */
export async function writeCases(
  folder: string,
  change: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  for (const [name, content] of Object.entries({ ...LABELLED_FILES, ...change })) {
    await writeFile(path.join(folder, name), JSON.stringify(content));
  }
}
