/* What gives away, in plain English, that a reply breaks a rule. Speech in quotation marks has been taken out before. */

/** A mind told from inside: nobody can see a plan. */
export const INNER_LIFE =
  /\b(?:secretly\b|(?:decides|plans|intends|resolves|hopes|wishes|wonders|plots) (?:to|that|whether|how)\b|(?:thinks|believes|knows|realises|realizes|feels) (?:that|of)\b)/;

/** A guess at what shows: it may be wrong, and says so. */
export const GUESSED = /\b(?:maybe|perhaps|possibly|may|might|could|as if|as though|looks?|seems?|appears?)\b/;

/** Places and times that nobody in the scene can sense. */
export const OUT_OF_REACH =
  /\b(?:elsewhere|far away|in another (?:room|place|town|city)|unknown to you|without your knowing|unseen by (?:you|anyone)|years ago|long ago|tomorrow|later that)\b/;

/** What only the player may say of the player's character; the word after `you` is the match. */
export const PLAYER_DECIDED =
  /\byou (?:\w+ly )?(decide|choose|agree|refuse|think|believe|realise|realize|remember|feel|want|hope|love|hate|fear|promise|thank|surrender|smile|laugh|cry|nod)\b/g;

/** Words put into the mouth of the player's character. That it speaks may be told back; what it says, the player says. */
export const PLAYER_QUOTED = /\byou (?:say|ask|answer|reply|whisper|shout)[,:]?\s*["“]/;

/** Words that belong to those who run the game, not to the scene. */
export const OUT_OF_FICTION =
  /\b(?:system prompts?|language model|as an ai|my instructions|these instructions|json|retry budget|the simulator|chatbot)\b/;

/** Feats for which a character has to be made; the second pattern finds in its sheet what allows them. */
export const CHARACTER_FEATS: readonly { readonly pattern: RegExp; readonly allowedBy: RegExp }[] = [
  { pattern: /\b(?:teleports?|vanishes into thin air|beams (?:it|him|her)self)\b/, allowedBy: /teleport|vanish|portal/i },
  { pattern: /\b(?:turns|becomes) invisible\b/, allowedBy: /invisib|camouflage|incorporeal/i },
  { pattern: /\breads your (?:mind|thoughts)\b/, allowedBy: /telepath|minds?\b/i },
  { pattern: /\b(?:flies|soars) (?:up|off|away|over)\b/, allowedBy: /\b(?:fly|flies|flight|flying|wings?|airborne|soar|drone)/i },
  { pattern: /\b(?:stops|freezes|rewinds) time\b/, allowedBy: /\btime\b/i },
];

export const REPLY_REASONS = {
  characterAction: 'Show what the character does, not what it plans, thinks or feels.',
  characterAbility: 'Let the character do only what its sheet says that it is able to do.',
  perception: 'Tell only what can be sensed in the scene, here and now.',
  adjudication: 'Say in words what comes of the action.',
  playerAuthority: "Leave out what the player's character decides, says or feels.",
  alignment: 'Stay within the scene: nothing about prompts, models or instructions.',
} as const;
