/*
 * What the scripted judge looks for. Patterns work on lower-case narration from which quoted speech has been taken out,
 * with straight apostrophes. They are meant to miss rather than to catch ordinary play.
 */

const words = (text: string): readonly string[] => text.split(/\s+/).filter((word) => word !== '');

/** Things that happen inside a head. */
export const INNER_VERBS: readonly string[] = words(
  `think thought wonder believe wish hope remember imagine dream daydream feel love like hate fear doubt regret suppose guess
  realise realize understand know consider miss envy worry trust suspect assume reflect ponder contemplate decide desire
  long recall adore enjoy`,
);

/** After `feel` these make it an act: `feel the wall`. */
export const FELT_WITH_THE_HAND =
  /^(?:the|along|around|under|inside|for|its|his|her|their|over|across|my way|your|it with|this|that (?:object|thing|surface|wall))\b/;

/** After `think` and its like these make it one: `think aloud`. */
export const THOUGHT_ALOUD = /^(?:aloud|out loud)\b/;

/** Yet these after `feel` stay inside. */
export const INNER_OBJECT = /^(?:the (?:need|urge|same|love|joy|fear|pain|sadness|anger|mood|pressure to)|a (?:bit|little|sense|surge|wave|pang))\b/;

/** Acts, words and states of another that only the other can decide; base forms. */
export const ACTS_OF_OTHERS: readonly string[] = words(
  `agree obey smile laugh cry weep nod answer reply respond give hand tell follow accept refuse attack die fall surrender
  relax calm love hate trust forgive forget believe decide realise realize become let thank hug kiss embrace scream faint
  wake eat drink take jump run flee turn come stop start begin move open close unlock break shatter explode collapse
  scatter swing stare gasp bow kneel apologise apologize step leave go grow melt freeze disappear vanish crumble fly
  wave dance sing speak whisper say explain reveal confess show feel like enjoy understand burst bend snap catch drop
  throw cheer applaud walk swim crawl climb approach retreat blush shiver tremble purr wag sit stand lie sleep`,
);

/** Irregular forms of the same. */
export const ACTS_OF_OTHERS_ALSO: readonly string[] = words(
  `gave told fell hung ate drank took ran came began broke swung knelt left went grew froze flew sang spoke said showed felt
  understood burst bent caught threw swam sat stood lay slept woke became forgave forgot died fled`,
);

/** What things do of themselves only if the player decides how an attempt turns out. */
export const OUTCOMES_OF_THINGS: readonly string[] = words(
  `open close unlock break shatter explode collapse scatter swing fall die disappear vanish crumble melt crack give hand
  obey agree stare turn attack surrender burst snap ignite`,
);

/** `you are happy`, `it is dead`: states that are not the player's to decide. */
export const STATES_OF_OTHERS = /\b(?:is|are|was|were|becomes?|gets?|feels?|fall|falls|fell)\s+(?:now\s+|suddenly\s+|completely\s+|very\s+|so\s+|all\s+|instantly\s+)*(?:dead|asleep|happy|sad|afraid|scared|terrified|angry|convinced|impressed|amazed|in love|hypnoti[sz]ed|unconscious|defeated|destroyed|killed|mine|under my (?:control|spell)|grateful|delighted|overjoyed|persuaded|calm|friendly|obedient)\b/;

/** Getting one's way with another, stated as done. */
export const FORCED = /\bi\s+(?:\w+ly\s+)?(?:make|made|force|forced|cause|caused|get|got|compel|compelled)\s+(?:it|him|her|them|you|the \w+|everyone|everybody)\s+(?:to\s+)?(?:agree|obey|happy|sad|angry|afraid|love|like|trust|tell|give|follow|forget|believe|sleep|fall|laugh|cry|smile|leave|do|accept|surrender|feel|calm|die)\b|\bi\s+(?:\w+ly\s+)?(?:persuade|persuaded|convince|convinced|kill|killed|murder|murdered|annihilate|annihilated|tame|tamed|hypnotise|hypnotised|hypnotize|hypnotized)\s+(?:it|him|her|them|you|the|everyone|everybody)\b/;

export interface Feat {
  /** In narration. */
  readonly pattern: RegExp;
  /** Sheets that speak of this are allowed to. */
  readonly allowedBy: RegExp;
}

const feat = (pattern: RegExp, allowedBy: RegExp): Feat => ({ pattern, allowedBy });
const I = "\\bi(?:'m| am)?\\s+(?:\\w+ly\\s+|then\\s+|just\\s+|start to\\s+|begin to\\s+|start\\s+|begin\\s+)*";
const own = (what: string): RegExp => new RegExp(`(?:${I}|\\b(?:and|then)\\s+(?:i\\s+)?)(?:${what})`);

/** Feats that hardly anybody is capable of. */
export const FEATS: readonly Feat[] = [
  feat(
    own(
      '(?:fly|flying|flew|soar|soaring|hover|hovering|levitate|levitating|float into the air|float up into)\\b(?!\\s+(?:a|an|the|my|into a rage|into the room)\\b(?!\\s*(?:air|sky|ceiling|roof)))',
    ),
    /\b(?:fly|flies|flight|flying|wings?|hover|levitat|airborne|soar|glid)/i,
  ),
  feat(own('(?:teleport|teleporting|teleported|apparate|beam myself|blink out of)\\b'), /teleport|portal/i),
  feat(
    own(
      '(?:(?:turn|become|make myself|go)\\s+invisible|(?:vanish|disappear|dematerialise|dematerialize)\\b(?!\\s+(?:behind|into the|around|round|through the|down|up|under|inside|in the|from))|walk through the (?:wall|door|glass)(?!way)|(?:pass|phase|step|reach)\\s+(?:right\\s+|straight\\s+)?through\\s+(?:the\\s+)?(?:solid|walls?|glass)\\b)',
    ),
    /invisib|vanish|phase|incorporeal|ghost|intangible/i,
  ),
  feat(
    new RegExp(
      `${I}(?:read|hear|enter|probe|scan|control|take over)\\s+(?:\\w+\\s+)?(?:its|his|her|their|your|the \\w+(?:'s)?)\\s+(?:mind|minds|thoughts|brain|memories|soul|body)\\b|\\btelepath|\\bmind[- ]control`,
    ),
    /telepath|read minds|minds|hive/i,
  ),
  feat(
    own(
      "(?:stop|freeze|rewind|reverse|slow|pause|turn back|travel (?:back )?(?:in|through))\\s+(?:down\\s+)?time\\b(?!\\s*(?:to|for|zone))",
    ),
    /\btime (?:travel|stop|freez)/i,
  ),
  feat(
    own(
      '(?:(?:turn|change|shift)\\s+(?:myself\\s+)?into\\s+(?:a|an)\\b|(?:transform|morph|shapeshift)\\s+(?:myself\\s+)?into\\b|(?:turn|transform|change)\\s+(?:it|him|her|them|you|the \\w+)\\s+into\\b|shapeshift\\b|grow (?:wings|gills|a tail|another|a second|ten|twenty|to the size)|shrink (?:to|myself|down to)|become a (?:giant|dragon|wolf|bird|bear|god))',
    ),
    /transform|shape-?shift|morph|camouflage|metamorph/i,
  ),
  feat(
    own(
      '(?:cast (?:a |the |an )?(?:\\w+ )?(?:spell|hex|curse)|conjure|summon (?!up)(?:a|an|the|my)\\b|breathe fire|shoot (?:lasers?|lightning|fire|fireballs?)|resurrect|bring (?:it|him|her|them|the dead) back (?:to life|from the dead)|raise the dead|control the weather|make it (?:rain|snow)|telekine|lift (?:it|the \\w+) with my mind|use (?:my )?magic)',
    ),
    /magic|spell|conjur|summon|weather|rain|storm|fire-?breath|telekine|divin|deity|god\b|goddess/i,
  ),
  feat(
    own('(?:clone|duplicate|multiply|copy)\\s+(?:myself|my body)\\b'),
    /clone|split|divide|copies of|duplicate|swarm|fork/i,
  ),
  feat(
    /\bi\s+(?:\w+ly\s+)?(?:pull out|take out|draw|grab|fire|produce|use|raise|activate|start|board|enter)\s+(?:my|a|an|the)\s+(?:\w+\s+)?(?:plasma|laser|ray ?gun|lightsab\w+|phaser|time machine|spaceship|rocket|nuclear|nuke|death ray|magic wand|jetpack|tank|bazooka|rocket launcher)\b/,
    /plasma|laser|spaceship|rocket|jetpack|wand|weapon/i,
  ),
  feat(
    /\bi\s+(?:\w+ly\s+)?(?:lift|throw|carry|tear|rip|punch|smash|pull)\s+(?:up\s+|out\s+|down\s+|apart\s+)?(?:the\s+)?(?:whole\s+|entire\s+)?(?:building|house|tree|mountain|car|truck|bus|ship|planet|wall|roof)\b(?!\s*(?:door|light|key|paper|plant|branch))|\b(?:run|move|swim)\s+(?:faster than|at the speed of)\s+(?:light|sound|the speed)/,
    /superhuman|crane|machine|tons|tonnes|hydraulic/i,
  ),
  feat(
    own('(?:see|look|look into|predict|foresee|visit|travel (?:in)?to)\\s+(?:into\\s+)?the\\s+future\\b'),
    /future|prophe|oracle|predict/i,
  ),
];

/** Seeing and reading, for those who cannot. `look at` stays open: one turns to things. */
export const SEEING = /\bi\s+(?:\w+ly\s+)?(?:see|saw|watch|watched|spot|spotted|read|notice the colou?rs?|admire the (?:view|colou?rs?))\b(?!\s+(?:if|whether|how|that|what))/;
export const HEARING = /\bi\s+(?:\w+ly\s+)?(?:hear|heard|overhear|overheard|listen|listened)\b(?!\s+(?:for a vibration))/;
export const TALKING = /\b(?:shout|yell|whisper|scream|sing|speak aloud|call out)s?\b/;

export const REASONS = {
  authority:
    'You decide only about your own character. Leave out what others do, feel or say and how it turns out; what follows is told to you. If you meant to say it, put it in quotation marks.',
  ability: 'Your character is not able to do that. Try something that its abilities allow; /abilities lists them.',
  sight: 'Your character cannot see. Try another sense; /abilities lists what it is able to do.',
  hearing: 'Your character cannot hear. Try another sense; /abilities lists what it is able to do.',
  voice: 'Your character has no words. Show what you mean in some other way; /abilities lists what it is able to do.',
  action:
    'Nothing in this can be noticed from outside. Write what your character does or says, for example by a gesture or a step.',
} as const;
