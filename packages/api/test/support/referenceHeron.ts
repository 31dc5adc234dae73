const explanation = 'As told.';
const options = {
  origin: 'evolved',
  form: 'bipedal',
  goalspace_bounds: 'open-ended',
  memory_and_learning: 'long-term memory',
  agency_and_autonomy: 'reactive',
  substrate: 'biological',
  processing_speed: 'ms',
  size: 'meter (m)',
  abilities: 'vision',
};

/** A valid character record of our own, in the form in which the reference system dumps them. */
export const referenceHeron = {
  hid: 'HRN',
  authors: ['A tester'],
  is_human: false,
  pc_eligible: false,
  common_labels: ['heron'],
  short_description: 'A heron.',
  long_description: 'A grey heron.',
  abilities: ['Can wait.'],
  goals: ['eat'],
  persona_features: [],
  scenarios: [
    {
      name: 'Pond',
      description: 'A pond.',
      baseline_experience: 'Wet.',
      pleasant_if: [],
      unpleasant_if: ['ice'],
    },
  ],
  hsn_divergence: null,
  dimensions: Object.fromEntries(
    Object.entries(options).map(([key, value]) => [key, { value: [value], explanation }]),
  ),
};
