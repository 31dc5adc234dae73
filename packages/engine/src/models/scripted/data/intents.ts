import type { SenseChannel } from '../../../characters/senses.schema.ts';

/** What an action is, seen from outside. Earlier entries win when an action is several things at once. */
export const INTENTS = [
  'threaten',
  'feed',
  'give',
  'write',
  'thump',
  'touch',
  'sound',
  'light',
  'scent',
  'play',
  'help',
  'thank',
  'ask',
  'greet',
  'speak',
  'show',
  'gesture',
  'leave',
  'approach',
  'handle',
  'move',
  'look',
  'wait',
  'act',
] as const;
export type Intent = (typeof INTENTS)[number];

/** How an action disposes the other, before its own likes are considered. */
export type Tone = 'kind' | 'hostile' | 'neutral';

export interface IntentEntry {
  /** Base forms of verbs; regular inflections are derived. */
  readonly verbs: readonly string[];
  /** Irregular forms and nouns that name the act. */
  readonly also: readonly string[];
  /** Senses that it reaches, the strongest first. */
  readonly channels: readonly SenseChannel[];
  readonly tone: Tone;
}

const list = (words: string): readonly string[] => words.split(/\s+/).filter((word) => word !== '');

const entry = (
  verbs: string,
  also: string,
  { channels, tone = 'neutral' }: { channels: readonly SenseChannel[]; tone?: Tone },
): IntentEntry => ({ verbs: list(verbs), also: list(also), channels, tone });

export const LEXICON: Readonly<Record<Intent, IntentEntry>> = {
  threaten: entry(
    'threaten hit punch kick slap attack strike stab shove grab yank shake smash scare frighten bite choke squeeze pinch intimidate chase hurl bully insult mock trap corner slam',
    'hit struck bit bitten shook shoved',
    { channels: ['touch', 'vision', 'hearing'], tone: 'hostile' },
  ),
  feed: entry('feed', 'fed food eat eats', { channels: ['smell', 'taste', 'vision', 'touch'], tone: 'kind' }),
  give: entry('give offer hand pass present lend share donate gift', 'gave given lent', {
    channels: ['vision', 'touch'],
    tone: 'kind',
  }),
  touch: entry(
    'touch stroke pat tap pet caress hug embrace hold poke reach tickle rub brush nudge press feel cuddle scratch massage prod',
    'held felt shake-hands',
    { channels: ['touch', 'vision'] },
  ),
  write: entry('write type draw sketch print spell scribble text email post', 'wrote written drew drawn', {
    channels: ['text', 'vision'],
  }),
  sound: entry(
    'clap whistle hum sing ring shout yell scream cough laugh snap rattle buzz click beep growl howl bark hiss roar yodel honk sneeze sigh',
    'sang sung rang rung music song bell noise sound',
    { channels: ['hearing'] },
  ),
  thump: entry('knock stamp stomp drum bang thump rap pound', 'knock thud', { channels: ['hearing', 'touch'] }),
  light: entry('shine flash illuminate blink dim glow light darken shade switch', 'shone lit lamp torch flashlight lantern light dark darkness shadow candle', {
    channels: ['vision'],
  }),
  scent: entry('spray perfume smell sniff burn', 'scent perfume smoke incense odour odor', {
    channels: ['smell'],
  }),
  play: entry('play dance juggle toss throw roll bounce spin tease race', 'threw thrown game spun', {
    channels: ['vision', 'touch'],
    tone: 'kind',
  }),
  help: entry('help assist support free rescue repair fix clean clear protect guide carry comfort mend untangle', '', {
    channels: ['vision', 'touch'],
    tone: 'kind',
  }),
  thank: entry('thank apologise apologize praise compliment congratulate', 'sorry thanks', {
    channels: ['hearing'],
    tone: 'kind',
  }),
  ask: entry('ask question enquire inquire wonder-aloud', '', { channels: ['hearing'] }),
  greet: entry('greet welcome introduce', 'hello hi hey', { channels: ['hearing'], tone: 'kind' }),
  speak: entry(
    'say tell speak talk whisper mention explain describe answer reply call announce mumble mutter murmur read-aloud suggest promise warn recite chat order demand invite beg',
    'said told spoke spoken',
    { channels: ['hearing'] },
  ),
  show: entry('show display reveal present raise lift demonstrate', 'shown hold-up', {
    channels: ['vision'],
  }),
  gesture: entry('wave nod bow point gesture sign smile beckon shrug wink signal grin frown salute curtsy mime', '', {
    channels: ['vision'],
  }),
  leave: entry('leave retreat withdraw depart exit', 'left away goodbye', { channels: ['vision', 'hearing'] }),
  approach: entry('approach join follow', 'closer nearer towards toward', {
    channels: ['vision', 'hearing', 'touch'],
  }),
  handle: entry(
    'open close push pull turn pick take drop place put set pour fill empty move lift cover uncover break build cut tie press drag remove unlock lock dig wipe wash stir mix shut grasp fetch hide hang carry stack fold unfold wrap plant water',
    'took taken broke broken built shut hid hidden hung dug',
    { channels: ['vision', 'hearing', 'touch'] },
  ),
  move: entry(
    'walk step run jump crawl swim climb go sit stand kneel crouch turn lean enter stretch lie hop slide circle wander pace fly creep tiptoe stop back squat dive float drift land',
    'went sat stood ran swam lay came come knelt crept flew',
    { channels: ['vision', 'hearing', 'touch'] },
  ),
  look: entry(
    'look watch observe stare gaze study examine inspect listen notice search check scan glance peer see read count',
    'saw seen heard hear',
    { channels: ['vision'] },
  ),
  wait: entry('wait stay pause rest breathe meditate sleep remain idle relax', 'slept still quiet silence silent nothing', {
    channels: [],
  }),
  act: entry('', '', { channels: ['vision', 'hearing', 'touch'] }),
};

/** Things that can be smelt or tasted wherever they are offered. */
export const FOODS: ReadonlySet<string> = new Set(
  list(`food bread crumb crumbs cake biscuit cookie apple fruit berry berries banana orange sugar honey syrup nectar water milk
  tea coffee soup fish shrimp prawn crab clam mussel worm meat cheese chocolate candy sweet snack leaf leaves seed seeds nut
  nuts flour dough egg salt juice wine plankton algae pollen compost treat sandwich bun roll pastry croissant`),
);

export const GREETINGS: ReadonlySet<string> = new Set(
  list('hello hi hey greetings howdy welcome hallo hola bonjour ciao goodmorning'),
);

/** Verbs whose particle changes what they mean. */
export const PHRASALS: readonly (readonly [RegExp, string])[] = [
  [/\b(?:take|draw)s?\s+(?:a|another|one)\s+(?:\p{L}+\s+)?breath\b/giu, 'breathe'],
  [/\b(?:hold|holds|holding|held|stretch|stretches|reach|reaches)\s+out\s+(?=(?:my|a hand|an arm|one hand)\b)/giu, 'gesture with '],
  [/\b(?:reach|reaches|reaching|stretch|stretches)\s+out(?=\s*(?:$|[,.]|\b(?:and|to|for|towards?|until|with)\b))/giu, 'reach'],
  [/\b(?:hold|holds|holding|held|reach|reaches|stretch|stretches)\s+(?:out|forward)\b/giu, 'offer'],
  [/\b(?:hold|holds|holding|held)\s+up\b/giu, 'show'],
  [/\b(?:hold|holds|holding|held)\s+((?:\p{L}+\s+){1,4})(?:out|forward)\b/giu, 'offer $1'],
  [/\b(?:hold|holds|holding|held)\s+((?:\p{L}+\s+){1,4})up\b/giu, 'show $1'],
  [/\b(?:step|steps|back|move|moves)\s+(?:back|away)\b/giu, 'retreat'],
  [/\bplay\s+(?:a|some|the)\s+(?:\p{L}+\s+)?(?:tune|music|song|note|chord|melody|piano|flute|guitar|violin)\b/giu, 'sing'],
  [/\b(?:leave|leaves|left|pass|passes)\s+(?:\p{L}+\s+)?a\s+note\b/giu, 'write'],
  [/\bsay\s+(?:hello|hi|hey|good\s+(?:morning|evening|day))\b/giu, 'greet'],
  [/\bwave\s+(?:hello|hi|hey|good\s+(?:morning|evening|day))\b/giu, 'wave and greet'],
  [/\b(?:say|wave)\s+(?:goodbye|farewell|bye)\b/giu, 'leave'],
];
