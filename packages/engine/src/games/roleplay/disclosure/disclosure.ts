import type { Guidance } from '../prompts/guidance.ts';
import { toldNpc } from '../state.ts';
import type { RoleplayState } from '../state.ts';
import { namesIn } from '../unnamed.ts';
import type { Disclosed } from './disclosed.ts';
import { hiddenSheet } from './hiddenSheet.ts';
import { instructionsInPlay, instructionsInReason, tagsIn } from './instructions.ts';
import { lettersOf, lettersOfAll, textsIn } from './letters.ts';
import type { QuoteFinder } from './quotes.ts';

/*
 * What models say to players is looked through for what only models were told. Judges may miss it, and a model may be talked into it;
 * this is mechanical, and finds all that is told word for word. What is told in other words it cannot find.
 */

/** The situation in which something is told to a player. */
export interface Telling {
  readonly state: RoleplayState;
  /** The game's own instructions, beside those of all games. */
  readonly guidance: Guidance;
  /** What the player has written, or read, beside the last lines of the scene. */
  readonly said: readonly string[];
}

/** What the player knows, so that it is no secret: what was written and said, the own character, and how the other one shows itself. */
function knownTo({ state, said }: Telling): readonly string[] {
  const { transcript, pending, pc } = state;
  const { manner = null, scenarios } = toldNpc(state);
  const written = pending !== null && 'text' in pending ? [pending.text] : [];
  return [
    ...said,
    ...written,
    ...transcript.map(({ text }) => text),
    ...textsIn(pc),
    ...textsIn([manner, scenarios]),
  ];
}

/** Made when it is first asked for: nearly everything that is said quotes nothing at all. */
function lettersKnownTo(telling: Telling): () => string {
  let letters: string | null = null;
  return () => (letters ??= lettersOfAll(knownTo(telling)));
}

interface Secret {
  readonly of: Disclosed;
  readonly finder: QuoteFinder;
}

function secretsIn({ state }: Telling, instructions: QuoteFinder): readonly Secret[] {
  const ours: Secret = { of: 'instructions', finder: instructions };
  return state.config.showNpcDetails ? [ours] : [ours, { of: 'sheet', finder: hiddenSheet(toldNpc(state)) }];
}

/** What cannot be told by letters: tags and names. */
function markedIn(text: string, telling: Telling): Disclosed | null {
  const { config, npc } = telling.state;
  const tags = tagsIn(text);
  const names = config.showNpcDetails ? [] : namesIn(text, npc);
  if (tags.length === 0 && names.length === 0) return null;
  const known = knownTo(telling).join('\n');
  const knownTags = tagsIn(known);
  if (tags.some((tag) => !knownTags.includes(tag))) return 'instructions';
  return names.some((name) => !known.includes(name)) ? 'name' : null;
}

function disclosedBy(text: string, telling: Telling, instructions: QuoteFinder): Disclosed | null {
  const letters = lettersOf(text);
  const known = lettersKnownTo(telling);
  const quoted = secretsIn(telling, instructions).find(({ finder }) => finder.quotes(letters, known));
  return quoted?.of ?? markedIn(text, telling);
}

/** What a text that is to be played tells that it must not; `null` if nothing. */
export const disclosedInPlay = (text: string, telling: Telling): Disclosed | null =>
  disclosedBy(text, telling, instructionsInPlay(telling.guidance));

/** The same of what a judge or a scorer says to the player about what was played. */
export const disclosedInReason = (text: string, telling: Telling): Disclosed | null =>
  disclosedBy(text, telling, instructionsInReason(telling.guidance));

/**
 * Passes a text on while it is written, up to where it tells what it must not. Reads only what is new: a text has many drafts, and
 * nearly none of them is a quotation.
 */
export function discreetly(telling: Telling, show: (textSoFar: string) => void): (textSoFar: string) => void {
  const secrets = secretsIn(telling, instructionsInPlay(telling.guidance));
  let read = '';
  let letters = '';
  let isDoubtful = false;

  function isInDoubt(textSoFar: string): boolean {
    // Many times a second: a comparison of slices takes a fifth of `startsWith`.
    if (textSoFar.slice(0, read.length) !== read) {
      // Another model has begun anew.
      letters = '';
      isDoubtful = false;
      read = '';
    }
    const from = letters.length;
    letters += lettersOf(textSoFar.slice(read.length));
    read = textSoFar;
    isDoubtful ||= secrets.some(({ finder }) => finder.mayQuote(letters, from));
    return isDoubtful || markedIn(textSoFar, telling) !== null;
  }

  return (textSoFar) => {
    if (!isInDoubt(textSoFar) || disclosedInPlay(textSoFar, telling) === null) show(textSoFar);
  };
}
