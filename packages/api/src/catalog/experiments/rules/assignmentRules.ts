import { readForm } from '@dcs/engine';
import type { ExperimentConfig } from '@dcs/engine';
import { doubt, fault } from '../configProblem.ts';
import type { ConfigProblem } from '../configProblem.ts';
import type { ExperimentWorld } from '../world.ts';
import { castOf, combinationsOf } from './cast.ts';
import type { Rule } from './rule.ts';

/** Every game once for a participant, so that the number of assignments has an end. */
function moreThanOnceEach({ assignment, games }: ExperimentConfig): readonly ConfigProblem[] {
  const { strategy, maxPerParticipant } = assignment;
  if (strategy !== 'random-unique' && strategy !== 'random-unique-game') return [];
  if (maxPerParticipant <= games.length) return [];
  const message = `is ${maxPerParticipant}, but ${strategy} gives each of the ${games.length} games once`;
  const fix = `Use ${games.length} or less, or another strategy.`;
  const path = ['assignment', 'maxPerParticipant'];
  return [fault(path, { reason: 'experiment/more-than-games', message, fix })];
}

function missingQuota({ assignment, quotas }: ExperimentConfig): readonly ConfigProblem[] {
  if (assignment.strategy !== 'random-unique-game' || quotas.perGame !== undefined) return [];
  const message = 'is missing, and random-unique-game fills games up to it';
  const fix = 'Say how many participants each game needs, or use random-unique.';
  return [fault(['quotas', 'perGame'], { reason: 'experiment/quota-missing', message, fix })];
}

/** These put all candidates in an order that does not change by what somebody has played. */
const FOR_CHOOSING: readonly string[] = [
  'full-character-access',
  'max-contrast-pairing',
  'expertise-matched-character-choice',
];

function sameEveryTime(config: ExperimentConfig, world: ExperimentWorld): readonly ConfigProblem[] {
  const { strategy, participantChooses, maxPerParticipant, sameCharacter } = config.assignment;
  if (!FOR_CHOOSING.includes(strategy) || participantChooses || maxPerParticipant === 1) return [];
  const candidates = castOf(config, world).reduce(
    (sum, cast) => sum + combinationsOf(cast, sameCharacter),
    0,
  );
  if (candidates <= 1) return [];
  const message = `is ${strategy}, which gives a participant the same every time`;
  const fix = 'Set participantChooses: true, or use another strategy.';
  return [doubt(['assignment', 'strategy'], { reason: 'experiment/same-every-time', message, fix })];
}

const EXPERTISE = 'expertise';

function expertiseQuestion({ assignment, forms }: ExperimentConfig): readonly ConfigProblem[] {
  const { strategy } = assignment;
  if (!strategy.startsWith('expertise-matched')) return [];
  const asked = forms.flatMap((form, index) =>
    form.trigger.event === 'before-all-assignments'
      ? readForm(form).questions.flatMap((question, at) =>
          question.key === EXPERTISE && question.type !== null ? [{ index, at, question }] : [],
        )
      : [],
  );
  const [first] = asked;
  if (first === undefined) {
    const message = `is ${strategy}, but no form before all assignments asks for ${EXPERTISE}`;
    const fix = `Add a question with key: ${EXPERTISE} to a form with the event before-all-assignments.`;
    return [fault(['assignment', 'strategy'], { reason: 'experiment/expertise-not-asked', message, fix })];
  }
  if (!first.question.personal) return [];
  const message = `is personal, so that ${strategy} may not look at the answer`;
  const fix = 'Set personal: false, and ask for nothing that tells who somebody is.';
  const path = ['forms', first.index, 'questions', first.at];
  return [fault(path, { reason: 'experiment/expertise-personal', message, fix })];
}

export const ASSIGNMENT_RULES: readonly Rule[] = [
  { needs: ['games', 'assignment.maxPerParticipant'], find: moreThanOnceEach },
  { needs: ['quotas.perGame'], find: missingQuota },
  {
    needs: [
      'assignment.participantChooses',
      'assignment.maxPerParticipant',
      'assignment.playerCharacters.*',
      'assignment.simulatedCharacters.*',
      'games.*.pcs.*',
      'games.*.npcs.*',
    ],
    find: sameEveryTime,
  },
  {
    needs: [
      'forms.*.trigger',
      'forms.*.questions.*.key',
      'forms.*.questions.*.prompt',
      'forms.*.questions.*.type',
    ],
    find: expertiseQuestion,
  },
];
