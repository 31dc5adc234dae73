import type { LanguageModel, ModelRole } from '@dcs/engine';

const ANSWERS: Readonly<Record<ModelRole, string>> = {
  opener: 'Cold light falls through the water. Something with many arms has noticed you and keeps still.',
  updater:
    'It turns one eye towards you, changes from grey to a dull red, and moves a stone from one arm to the ' +
    'next until it lies between you and the mouth of its den. Then it waits.',
  playerJudge: '{"pass":true}',
  simulatorJudge: '{"pass":true}',
  // No benchmark plays a game that is scored: an answer that is no score shows at once if one does.
  scorer: '',
  // Nor does one have models play.
  player: '',
};

/**
 * The one thing in the server under test that is not the real thing: it answers at once and always the same, so that
 * what is measured is ours and not a provider's.
 */
export const instantModel: LanguageModel = {
  id: 'instant',
  generate: ({ role }) => Promise.resolve({ text: ANSWERS[role], model: 'instant' }),
};
