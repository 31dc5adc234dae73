/*
 * Frames of sentences: cores with a slot {tempo} or a lead before them. Within one pool the numbers of cores and of leads
 * must have no common factor (variety.ts); a test checks it. Slots are explained in template.ts. {clause} follows a name and
 * starts with a verb; {cause} is what the player did as a noun phrase, {you} the same as a clause: `you tap on the glass`.
 */

export interface FramePool {
  readonly leads: readonly string[];
  readonly cores: readonly string[];
}

/**
 * One place in the cycle, told in one of several ways. What is tried first stands first; `plain` can always be told. No two
 * places of a pool may tell the same thing in the same words, else turns repeat each other.
 */
export interface Core {
  readonly ways: readonly ('told' | 'clause' | 'caused')[];
  /** Needs {you}. */
  readonly told?: string;
  /** Needs {you}, short enough for the middle of a sentence. */
  readonly clause?: string;
  /** Needs {cause}. */
  readonly caused?: string;
  readonly plain: string;
}

export interface MeetingPool {
  readonly leads: readonly string[];
  readonly cores: readonly Core[];
}

/**
 * {tempo} may be left out, {delay} is the same and may not; {conjunction} belongs to the same place in the cycle. {stillness}
 * is a clause.
 */
const PERCEIVED_CORES: readonly Core[] = [
  {
    ways: ['told'],
    told: '{you}. {tempo} {name} {clause}',
    plain: '{tempo} {name} {clause}',
  },
  { ways: [], plain: '{name}, {tempo}, {clause}' },
  {
    ways: ['clause', 'caused'],
    clause: '{conjunction} {you}, {name} {clause}',
    caused: '{cause} {cause:reach} {name}, and {tempo} {subject} {clause}',
    plain: 'at first nothing happens; {delay} {name} {clause}',
  },
  {
    ways: ['caused', 'told'],
    told: '{you}. {stillness}; {delay} {name} {clause}',
    caused: '{name} {name:SENSE} {cause} and {tempo} {clause}',
    plain: '{stillness}; {delay} {name} {clause}',
  },
  {
    ways: ['clause', 'caused'],
    clause: '{you}, and {tempo} {name} {clause}',
    caused: '{name} {name:notice} {cause}; {tempo} {subject} {clause}',
    plain: 'there is a pause, and {delay} {name} {clause}',
  },
  {
    ways: ['told'],
    told: '{you}. a pause, and {delay} {name} {clause}',
    plain: 'a pause, and {delay} {name} {clause}',
  },
  {
    ways: ['caused'],
    caused: '{cause} {cause:do} not escape {name}; {tempo} {subject} {clause}',
    plain: '{name} {name:wait}, and {delay} {clause}',
  },
  {
    ways: ['clause', 'told'],
    clause: '{you}; {tempo} {name} {clause}',
    told: '{you}. {tempo}, as if in answer, {name} {clause}',
    plain: '{tempo}, as if in answer, {name} {clause}',
  },
];

/** For those who answer within moments. */
export const PERCEIVED: MeetingPool = {
  leads: [
    'after a moment',
    'in the next moment',
    'a breath later',
    'presently',
    'a moment later',
    'before long',
    'in a little while',
  ],
  cores: PERCEIVED_CORES,
};

/** For those whose answers take hours or days. */
export const PERCEIVED_SLOWLY: MeetingPool = {
  leads: [
    'much later',
    'in the end',
    'over the next hours',
    'by and by',
    'long afterwards',
    'little by little',
    'before the day is out',
  ],
  cores: PERCEIVED_CORES,
};

/** As many as there are leads. */
export const CONJUNCTIONS: readonly string[] = [
  'as',
  'when',
  'just as',
  'the moment',
  'as soon as',
  'even as',
  'while',
];

/** {sense} is the verb of the sense that is lacking, {sensed} its object: you, or it; {unchanged} is how little has happened. */
export const MISSED: MeetingPool = {
  leads: ['', 'as before', 'meanwhile', 'all the while', 'as ever', 'for now', 'the whole time'],
  cores: [
    {
      ways: ['told', 'caused'],
      told: '{you}. nothing of it reaches {name}; {tempo} {subject} {clause}',
      caused: '{cause} {cause:do} not reach {name}; {tempo} {subject} {clause}',
      plain: 'nothing of it reaches {name}; {tempo} {subject} {clause}',
    },
    { ways: [], plain: '{name} {name:SENSE} nothing; {tempo} {subject} {clause}' },
    {
      ways: ['told', 'caused'],
      told: '{you}. there is nothing in {name} that could {sense} {sensed}; {tempo} {subject} {clause}',
      caused: 'nothing in {name} can {sense} {cause}; {tempo} {subject} {clause}',
      plain: 'there is nothing in {name} that could {sense} {sensed}; {tempo} {subject} {clause}',
    },
    { ways: [], plain: '{tempo} {name} {clause}, as though {unchanged}' },
    {
      ways: ['clause', 'told'],
      clause: '{you}, but {name} cannot {sense} {sensed}; {tempo} {subject} {clause}',
      told: '{you}. {name} cannot {sense} {sensed}; {tempo} {subject} {clause}',
      plain: '{name} cannot {sense} {sensed}; {tempo} {subject} {clause}',
    },
    {
      ways: ['caused'],
      caused: '{cause} {cause:pass} {name} by; {tempo} {subject} {clause}',
      plain: 'it passes {name} by; {tempo} {subject} {clause}',
    },
    {
      ways: ['told'],
      told: '{you}. to {name} nothing has happened; {tempo} {subject} {clause}',
      plain: 'to {name} nothing has happened; {tempo} {subject} {clause}',
    },
    {
      ways: ['clause'],
      clause: '{you}, and it is lost on {name}; {tempo} {subject} {clause}',
      plain: 'it is lost on {name}; {tempo} {subject} {clause}',
    },
  ],
};

/** {doing} is what the player does instead of acting. */
export const IDLE: FramePool = {
  leads: ['a while longer', 'for a while', 'meanwhile', 'by and by', 'for now', 'as ever', 'in the quiet'],
  cores: [
    '{tempo} {name} {clause}',
    'you {doing}, and {tempo} {name} {clause}',
    'you {doing}; {tempo} {name} {clause}',
    'you {doing}, and nothing hurries you; {tempo} {name} {clause}',
    'there is time, and {tempo} {name} {clause}',
    'left in peace, {tempo} {name} {clause}',
  ],
};

/** {goal} is an infinitive without `to`: what one may read into it. */
export const GOAL: FramePool = {
  leads: [
    'perhaps',
    'it may be that',
    'maybe',
    'it looks as if',
    'it could be that',
    'one might think that',
    'possibly',
  ],
  cores: [
    '{tempo} {subject} {name:mean} to {goal}',
    '{tempo} {subject} {name:want} to {goal}',
    '{tempo} {subject} {name:hope} to {goal}',
    '{tempo} {subject} {name:be} trying to {goal}',
    '{tempo} all {subject} {name:want} is to {goal}',
    '{tempo} this is how {subject} {name:set} out to {goal}',
  ],
};

/** {senses} are the keenest, e.g. `touch and vibration`. */
export const SENSES: FramePool = {
  leads: ['', 'mostly', 'above all', 'here', 'first of all', 'more than anything', 'on the whole'],
  cores: [
    '{tempo} {subject} {name:go} by {senses}',
    '{tempo} {subject} {name:live} by {senses}',
    '{tempo} {subject} {name:attend} to {senses}',
    '{tempo} {subject} {name:know} things by {senses}',
    '{tempo} {subject} {name:rely} on {senses}',
    '{tempo} {subject} {name:trust} in {senses}',
  ],
};

/** {object} is one thing that was put down some turns ago. */
export const MEMORY: FramePool = {
  leads: ['', 'meanwhile', 'in the meantime', 'through all this', 'for its part'],
  cores: [
    '{tempo} the {object} still lies where you put it',
    '{tempo} the {object} is where you left it',
    '{tempo} the {object} has not been moved',
    '{tempo} the {object} is still in its place',
    '{tempo} the {object} stays where you put it',
    '{tempo} the {object} is still there',
    '{tempo} the {object} has been left alone',
    '{tempo} the {object} lies where you left it',
  ],
};

/** {line} is quoted; SAY is how this character says things. */
export const SPEECH: FramePool = {
  leads: ['', 'then', 'after a pause', 'without hurry', 'a little later', 'at last', 'in reply'],
  cores: [
    '{subject} {name:SAY}: “{line}”',
    '{name} {name:turn} to you and {name:SAY}: “{line}”',
    '{subject} {name:SAY} only this: “{line}”',
    '{subject} {name:SAY} to you: “{line}”',
    '{subject} {name:put} it like this: “{line}”',
    '{name} {name:SAY}, more to you than to the room: “{line}”',
  ],
};
