import type { CharacterSheet } from '../characters/character.schema.ts';
import type { Dimensions } from '../characters/dimensions.schema.ts';
import type { HsnAssessment, HsnDivergence } from '../characters/hsnDivergence.schema.ts';
import type { Manner } from '../characters/manner.schema.ts';
import type { Senses } from '../characters/senses.schema.ts';

const holds: HsnAssessment = { value: 'normative', explanation: 'Nothing else is known.' };

/** A profile in which all 28 assumptions hold. */
export function normativeProfile(): HsnDivergence {
  return {
    physicalAbility: {
      ambulation: holds,
      manualDexterity: holds,
      reachAndStature: holds,
      vision: holds,
      hearing: holds,
      speech: holds,
      physicalEndurance: holds,
    },
    cognitiveAndPerceptual: {
      literacy: holds,
      numeracy: holds,
      attentionControl: holds,
      memory: holds,
      processingSpeed: holds,
      executiveFunction: holds,
    },
    psychologicalAndEmotional: {
      emotionalRegulation: holds,
      stressTolerance: holds,
      predictableBehavior: holds,
    },
    socialAndCommunicative: {
      normInterpretation: holds,
      neurotypicalCommunication: holds,
      theoryOfMind: holds,
      selfAdvocacy: holds,
    },
    temporalAndLogistical: {
      timeAwareness: holds,
      independentNavigation: holds,
      energyPredictability: holds,
    },
    institutional: {
      independenceByDefault: holds,
      consistencyOverAccommodation: holds,
      costNeutralAccess: holds,
    },
    bodilySelfMaintenance: { lowInteroceptiveMaintenanceRequirement: holds },
    stability: { functionalStability: holds },
  };
}

/** The nine dimensions of a clockwork snail. */
export function snailDimensions(): Dimensions {
  const explanation = 'It is a clockwork snail.';
  return {
    origin: { value: ['human-engineered'], explanation },
    form: { value: ['non-humanoid', 'embodied (physical)'], explanation },
    goalspaceBounds: { value: ['fixed and narrow'], explanation },
    memoryAndLearning: { value: ['no learning'], explanation },
    agencyAndAutonomy: { value: ['reactive'], explanation },
    substrate: { value: ['mechanical'], explanation },
    processingSpeed: { value: ['seconds'], explanation },
    size: { value: ['centimeter (cm)'], explanation },
    abilities: { value: ['tactile'], explanation },
  };
}

const snailSenses: Senses = {
  vision: { acuity: 'none' },
  hearing: { acuity: 'faint', note: 'Very low notes.' },
  touch: { acuity: 'keen' },
  smell: { acuity: 'none' },
  taste: { acuity: 'none' },
  proprioception: { acuity: 'normal' },
  text: { acuity: 'none' },
  extra: [{ name: 'spring-tension', acuity: 'keen', note: 'How far it is wound.', cues: ['wind', 'key'] }],
};

const snailManner: Manner = {
  calledAs: 'the snail',
  pronoun: 'it',
  speech: 'signal',
  understands: 'none',
  voice: 'Ticking, faster or slower.',
  body: ['a brass shell'],
  sayings: [],
  reactions: {
    notices: ['puts out one feeler', 'ticks twice'],
    unaware: ['ticks', 'rolls on by a tooth'],
    pleased: ['hums along its spring', 'puts out both feelers'],
    uneasy: ['draws in', 'stops ticking'],
  },
};

/** A valid sheet without warnings, changed as a test needs it. */
export function exampleSheet(changes: Partial<CharacterSheet> = {}): CharacterSheet {
  return {
    hid: 'SNL',
    authors: ['A tester'],
    isHuman: false,
    pcEligible: true,
    commonLabels: ['clockwork'],
    shortDescription: 'A clockwork snail.',
    longDescription: 'A snail of brass.\n\nIt is wound in the morning.',
    abilities: ['Can roll a metre.'],
    goals: ['reach the far edge of the table'],
    personaFeatures: [],
    scenarios: [
      {
        name: 'Table',
        description: 'A table.',
        baselineExperience: 'Flat.',
        pleasantIf: ['level'],
        unpleasantIf: [],
      },
    ],
    senses: snailSenses,
    manner: snailManner,
    hsnDivergence: null,
    dimensions: snailDimensions(),
    ...changes,
  };
}

/** A person in whom every assumption holds, changed as a test needs it. */
export function examplePerson(changes: Partial<CharacterSheet> = {}): CharacterSheet {
  const person = { hid: 'PER', isHuman: true, hsnDivergence: normativeProfile(), dimensions: null };
  return exampleSheet({ ...person, ...changes });
}
