import type { CharacterSheet, Manner, Senses } from '../characters/index.ts';

/* Small sheets for tests: a person who talks, a creature that feels the ground, and one whose sheet says little. */

const normal = { acuity: 'normal' } as const;
const none = { acuity: 'none' } as const;

const humanSenses: Senses = {
  vision: normal,
  hearing: normal,
  touch: normal,
  smell: normal,
  taste: normal,
  proprioception: normal,
  text: normal,
  extra: [],
};

const gardenerManner: Manner = {
  calledAs: 'Ines',
  pronoun: 'she',
  speech: 'spoken',
  understands: 'full',
  voice: 'Dry and slow.',
  body: ['muddy hands', 'a straw hat'],
  sayings: ['Mind the seedlings.', 'Rain by four, I should think.', 'What brings you here?'],
  reactions: {
    notices: ['straightens up, one hand on her back', 'pushes her hat back to see better', 'stops the hose'],
    unaware: ['goes on tying up the beans', 'counts pots under her breath', 'turns the compost'],
    pleased: ['laughs and makes room on the bench', 'wipes a hand and holds it out'],
    uneasy: ['steps behind the wheelbarrow', 'folds her arms and waits'],
  },
};

const base: CharacterSheet = {
  hid: 'INES',
  authors: ['DCS'],
  isHuman: true,
  pcEligible: true,
  commonLabels: ['gardener', 'neurotypical'],
  shortDescription: 'A gardener who keeps the walled garden of a shut hotel.',
  longDescription: 'She has kept the garden for thirty years.',
  abilities: [
    'Can graft a tree and tell forty apples by taste.',
    'Can carry forty kilograms.',
    'Cannot swim.',
  ],
  goals: ['keep the frost off the peaches', 'find out who takes the pears', 'finish before the rain'],
  personaFeatures: ['patient', 'blunt'],
  scenarios: [
    {
      name: 'The bean rows',
      description: 'A walled garden, wet from the night. Bean rows, a hose, a bench with one board missing.',
      baselineExperience: 'A good morning.',
      pleasantIf: ['someone carries a pot', 'tea'],
      unpleasantIf: ['trampled seedlings'],
    },
  ],
  senses: humanSenses,
  manner: gardenerManner,
  hsnDivergence: null,
  dimensions: null,
};

export const gardener: CharacterSheet = base;

/** Deaf, blind, no words; it feels the ground shake and tastes what is put before it. */
export const mole: CharacterSheet = {
  ...base,
  hid: 'MOLE',
  isHuman: false,
  commonLabels: ['digger'],
  shortDescription: 'A digger under the garden that has never seen the garden.',
  abilities: [
    'Can feel a beetle walk a metre away.',
    'Can dig six metres an hour.',
    'Can taste worms through soil.',
    'Cannot see or hear.',
  ],
  goals: ['find the next worm', 'keep the tunnel dry', 'meet nobody'],
  scenarios: [],
  senses: {
    ...humanSenses,
    vision: none,
    hearing: none,
    touch: { acuity: 'keen' },
    text: none,
    extra: [{ name: 'vibration', acuity: 'keen', cues: ['knock', 'step', 'stamp', 'dig'] }],
  },
  manner: {
    ...gardenerManner,
    calledAs: 'the digger',
    pronoun: 'it',
    speech: 'none',
    understands: 'none',
    body: ['two spades for hands'],
    sayings: [],
    reactions: {
      notices: ['stops, nose up', 'turns in its own length', 'puts one palm to the wall of the tunnel'],
      unaware: ['goes on digging', 'pushes loose earth behind it', 'sleeps on its feet'],
      pleased: ['takes it and is gone', 'chews with its whole face'],
      uneasy: ['backs away down the tunnel', 'shuts the tunnel with a plug of earth'],
    },
  },
};

/** As sheets from elsewhere are: no senses, no manner, no scenarios, prose in other shapes. */
export const bareSheet: CharacterSheet = {
  hid: 'BARE',
  authors: ['DCS'],
  isHuman: false,
  pcEligible: false,
  commonLabels: ['device'],
  shortDescription: 'A thermostat.',
  longDescription: 'It keeps a room at nineteen degrees.',
  abilities: ['Measures temperature', 'Vision: none', 'The ability to switch a boiler'],
  goals: ['To keep the room at nineteen degrees.', 'Efficiency'],
  personaFeatures: [],
  scenarios: [],
  hsnDivergence: null,
  dimensions: null,
};
