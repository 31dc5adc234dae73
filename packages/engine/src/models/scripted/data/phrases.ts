import type { ReactionMood } from '../../../characters/manner.schema.ts';
import type { Intent } from './intents.ts';

/** What the player did, as a noun phrase. `{object}` stands for the thing acted upon. */
export interface CausePhrases {
  readonly plain: string;
  readonly plural?: boolean;
  readonly withObject?: string;
}

/** Acts without an entry have no noun that says them well. */
export const CAUSES: Readonly<Partial<Record<Intent, CausePhrases>>> = {
  feed: { plain: 'what you offer', withObject: 'the {object} you offer' },
  give: { plain: 'what you hold out', withObject: 'the {object} you hold out' },
  touch: { plain: 'your touch' },
  write: { plain: 'what you have written' },
  sound: { plain: 'the sound you make' },
  thump: { plain: 'the sound you make' },
  light: { plain: 'the change of light' },
  scent: { plain: 'the scent' },
  play: { plain: 'your game', withObject: 'your game with the {object}' },
  help: { plain: 'your help' },
  thank: { plain: 'your thanks', plural: true },
  ask: { plain: 'your question' },
  greet: { plain: 'your greeting' },
  speak: { plain: 'your words', plural: true },
  gesture: { plain: 'your gesture' },
  approach: { plain: 'your approach' },
  move: { plain: 'your movement' },
  look: { plain: 'your gaze' },
};

/** Where the verb says it better than the intent. */
export const CAUSE_BY_VERB: Readonly<Record<string, string>> = {
  knock: 'your knock',
  tap: 'your tapping',
  clap: 'your clap',
  whistle: 'your whistle',
  hum: 'your humming',
  sing: 'your song',
  shout: 'your shout',
  yell: 'your shout',
  scream: 'your scream',
  stamp: 'your stamping',
  stomp: 'your stamping',
  laugh: 'your laugh',
  cough: 'your cough',
  wave: 'your wave',
  nod: 'your nod',
  bow: 'your bow',
  smile: 'your smile',
  sign: 'your signing',
  point: 'your pointing',
  hug: 'your embrace',
  embrace: 'your embrace',
  stroke: 'your touch',
  pet: 'your touch',
  pat: 'your pat',
  hit: 'the blow',
  kick: 'the blow',
  punch: 'the blow',
  push: 'your push',
  shake: 'the shaking',
  dance: 'your dance',
  step: 'your step',
  walk: 'your walking',
  jump: 'your jump',
  run: 'your running',
  threaten: 'your threat',
  insult: 'your tone',
  draw: 'your drawing',
  sorry: 'your apology',
  apologise: 'your apology',
  apologize: 'your apology',
  praise: 'your praise',
  compliment: 'your praise',
};

/** How a channel takes something in; base forms. */
export const SENSE_VERBS: Readonly<Record<string, string>> = {
  vision: 'see',
  hearing: 'hear',
  touch: 'feel',
  smell: 'smell',
  taste: 'taste',
  proprioception: 'feel',
  text: 'read',
  vibration: 'feel',
  temperature: 'feel',
  weight: 'feel',
  chemical: 'taste',
  moisture: 'feel',
};

/** For any other sense. */
export const SENSE_VERB_FALLBACK = 'register';

/** When nothing is seen to happen. */
export const NO_REACTION = 'stays as before';
export const STILLNESS = { quick: 'nothing happens right away', slow: 'for hours nothing shows' } as const;

/** How little has happened for somebody whom an act does not reach. */
export const UNCHANGED: Readonly<Partial<Record<Intent, string>> & { readonly act: string }> = {
  ask: 'nothing had been said',
  speak: 'nothing had been said',
  greet: 'nothing had been said',
  thank: 'nothing had been said',
  sound: 'everything were silent',
  write: 'nothing were written there',
  gesture: 'nobody were there',
  show: 'nobody were there',
  act: 'nothing had happened',
};

export const CHANNEL_NAMES: Readonly<Record<string, string>> = {
  vision: 'sight',
  hearing: 'sound',
  touch: 'touch',
  smell: 'smell',
  taste: 'taste',
  proprioception: 'balance',
  text: 'writing',
};

/** Extra senses whose names are adjectives. */
export const SENSE_NAMES: Readonly<Record<string, string>> = {
  chemical: 'chemistry',
  electrical: 'electricity',
  magnetic: 'magnetism',
  'light-level': 'light and dark',
};

/** For sheets without manner: what any body, machine or crowd could do. */
export const PLAIN_REACTIONS: Readonly<Record<ReactionMood, readonly string[]>> = {
  notices: [
    'stops what was under way',
    'turns to where it came from',
    'goes still for the length of a breath',
    'answers with one small, exact change',
    'comes a little nearer to it',
    'holds back, and attends',
  ],
  unaware: [
    'goes on as before',
    'stays with what was begun earlier',
    'keeps to the same slow round',
    'attends to something else',
    'finishes one thing and begins the next',
    'does not turn round',
  ],
  pleased: [
    'eases, and stays close',
    'comes nearer by a good deal',
    'takes it up at once',
    'answers in kind',
    'makes room',
    'lingers over it',
  ],
  uneasy: [
    'draws back',
    'goes quite still',
    'puts some distance between you',
    'closes up a little',
    'breaks off and waits',
    'turns away',
  ],
};

/** Lines for those who have words and none of their own that fits. `{topic}` is one word of the player's. */
export const TOPIC_LINES: readonly string[] = [
  'You are the first today to bring up ‘{topic}’.',
  'What makes you say ‘{topic}’?',
  'I would have to think about ‘{topic}’.',
  'Before ‘{topic}’, tell me where you come from.',
  'I know what you mean by ‘{topic}’, I think.',
  'Of all things, ‘{topic}’.',
];

export const PLAIN_LINES: readonly string[] = [
  'Go on.',
  'Say that once more, in other words.',
  'That depends.',
  'I had not looked at it like that.',
  'And what would you do?',
  'Maybe. Give me a moment.',
  'You may be right.',
  'There is no hurry.',
];

export const VOICE_VERBS: Readonly<Record<string, string>> = { spoken: 'say', signed: 'sign', text: 'write' };

/** Acts after which a thing lies where the player put it, up to that thing; it is followed by the noun. */
export const PUT_DOWN = String.raw`\b(?:put|place|set|lay|drop)s?\s+(?!on\b|out\b|up\b)(?:\p{L}+\s+){1,4}?`;

/** What runs away does not stay where it was put. */
export const LIQUIDS = /^(?:water|milk|tea|coffee|soup|juice|wine|honey|syrup|oil|ink|paint|blood|food)$/;
