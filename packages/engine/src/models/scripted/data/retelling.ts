/* What decides whether an action may be told back to the player in the second person. */

const words = (text: string): ReadonlySet<string> =>
  new Set(text.split(/\s+/).filter((word) => word !== ''));

/** Verbs of plain acts that no intent claims. */
export const PLAIN_VERBS: ReadonlySet<string> = words(
  `try attempt begin start keep continue make bring use get set let catch wear change`,
);

/** These say how it turned out, not what was tried. */
export const OUTCOME_VERBS: ReadonlySet<string> = words(
  `kill murder persuade convince force cause compel destroy defeat tame win free repair fix rescue read comfort scare
  frighten intimidate trap`,
);

/** An act that is only possible, planned or told of as past would sound odd beside what happens now. */
export const AUXILIARIES: ReadonlySet<string> = words(
  `will would could should might may must can can't cannot couldn't wouldn't shouldn't i'd i'll id ill had was were been
  wasn't did didn't`,
);

/** Who is meant changes with the speaker: `you` is the other for the player, and the player for the narration. */
export const OF_OTHERS: ReadonlySet<string> = words(
  `you your yours yourself you're you've you'll we us our ours ourselves we're let's system prompt instructions
  instruction rules json`,
);

/**
 * A second subject or a subordinate clause may hold what others do: `and it smiles`, `until it moves`, `so that ...`;
 * as does making somebody do something.
 */
export const OTHERS_ACT =
  /(?:\b(?:and|then|or)|[,;.])\s+(?:then\s+)?(?:it|its|he|his|she|her|they|their|the|a|an|this|that|there|every\w+|some\w+|all|both)\b|\b(?:until|till|because|so|that|which|who|what|how|why|if|when|while|where|since|but|whether|as|after|before|hoping|making|causing|forcing|letting|leaving)\b|\b(?:make|makes|let|get)\s+(?:it|him|her|them|the|everyone|everybody)\b/;

/** Ways of saying that can stand without what is said. */
export const VOICED: ReadonlySet<string> = words('ask shout whisper call murmur mutter mumble yell sing reply answer');
