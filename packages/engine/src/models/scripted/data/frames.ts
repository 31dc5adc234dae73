/*
 * Frames of sentences: cores with a slot {tempo} or a lead before them. Within one pool the numbers of cores and of tempos
 * must have no common factor (variety.ts); a test checks it. Slots are explained in template.ts. {clause} follows a name and
 * starts with a verb; {cause} is what the player did.
 */

export interface FramePool {
  readonly leads: readonly string[];
  readonly cores: readonly string[];
}

/** For those who answer within moments. */
const QUICK: readonly string[] = [
  '',
  'then',
  'after a moment',
  'presently',
  'a breath later',
  'in turn',
  'before long',
];

/** For those whose answers take hours or days. */
const SLOW: readonly string[] = [
  '',
  'much later',
  'in the end',
  'over the next hours',
  'by and by',
  'long after',
  'little by little',
];

const PERCEIVED_CORES: readonly string[] = [
  '{tempo} {name} {clause}',
  '{name} {name:SENSE} {cause} and {tempo} {clause}',
  'at {cause}, {tempo} {name} {clause}',
  '{cause}, and {tempo} {name} {clause}',
  '{name} {name:take} in {cause} and {tempo} {clause}',
  '{cause} {cause:reach} {name}, and {tempo} {subject} {clause}',
  '{name} {name:answer} {cause}: {tempo} {subject} {clause}',
  '{name} {name:attend} to {cause}, and {tempo} {subject} {clause}',
];

export const PERCEIVED: FramePool = { leads: QUICK, cores: PERCEIVED_CORES };
export const PERCEIVED_SLOWLY: FramePool = { leads: SLOW, cores: PERCEIVED_CORES };

export const MISSED: FramePool = {
  leads: ['', 'as before', 'meanwhile', 'all the while', 'as ever', 'for now', 'the whole time'],
  cores: [
    '{cause} {cause:do} not reach {name}; {tempo} {subject} {clause}',
    'nothing in {name} answers {cause}; {tempo} {subject} {clause}',
    '{cause} {cause:go} unanswered, and {tempo} {name} {clause}',
    '{name} {name:miss} {cause}; {tempo} {subject} {clause}',
    '{cause} {cause:pass} {name} by, and {tempo} {subject} {clause}',
    'to {name} nothing has happened: {tempo} {subject} {clause}',
    'as if you were not there, {tempo} {name} {clause}',
    '{cause} {cause:come} to nothing; {tempo} {name} {clause}',
  ],
};

export const IDLE: FramePool = {
  leads: ['a while longer', 'for a while', 'meanwhile', 'then', 'for now', 'as ever', 'in the quiet'],
  cores: [
    '{tempo} {name} {clause}',
    'you {doing}, and {tempo} {name} {clause}',
    'nothing is asked of {name}, and {tempo} {subject} {clause}',
    'while you {doing}, {tempo} {name} {clause}',
    'there is time, and {tempo} {name} {clause}',
    'left in peace, {tempo} {name} {clause}',
  ],
};

/** How second sentences begin. */
const SECOND_LEADS: readonly string[] = [
  '',
  'going by that,',
  'for all one can tell,',
  'to judge by that,',
  'from the outside,',
  'on the face of it,',
  'if that means anything,',
];

/** {goal} is an infinitive without `to`: what one may read into it. */
export const GOAL: FramePool = {
  leads: SECOND_LEADS,
  cores: [
    '{subject} may mean to {goal}',
    'this could be a way to {goal}',
    'it may be one more attempt to {goal}',
    'it might serve to {goal}',
    '{subject} might be trying to {goal}',
    'that may be how to {goal}',
  ],
};

/** {ability} follows `can`. */
export const ABILITY: FramePool = {
  leads: SECOND_LEADS,
  cores: [
    '{subject} can {ability}',
    '{subject} can indeed {ability}',
    '{subject} can clearly {ability}',
    '{subject} can really {ability}',
    '{subject} {name:be} able to {ability}',
    '{name} can {ability}',
  ],
};

/** {senses} are the keenest, e.g. `touch and vibration`. */
export const SENSES: FramePool = {
  leads: SECOND_LEADS,
  cores: [
    '{subject} {name:go} by {senses} instead',
    'what {subject} {name:follow} comes by way of {senses}',
    'it is {senses} that {subject} {name:attend} to',
    'the way in is {senses}',
    'one would do better with {senses}',
    '{subject} {name:be} busy with {senses}',
  ],
};

/** {object} was acted upon some turns ago. */
export const MEMORY: FramePool = {
  leads: SECOND_LEADS,
  cores: [
    '{subject} {name:have} not done with the {object}',
    'the business with the {object} is not over',
    'there is still the matter of the {object}',
    '{subject} {name:keep} the {object} in mind',
    'it has to do with the {object} from before',
    'something remains to be settled about the {object}',
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
