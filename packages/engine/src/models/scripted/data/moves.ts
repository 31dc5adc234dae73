/*
 * What the scripted simulator does when it plays a character itself: acts that nearly every body and mind can attempt, that
 * decide nothing about anybody else, and that need neither sight nor hearing nor words.
 */

/** {manner} is an adverb. */
export const MOVES: readonly string[] = [
  'I {manner} move a little closer.',
  'I {manner} move back and make room.',
  'I {manner} turn towards the other one.',
  'I {manner} put a small thing down between us.',
  'I {manner} touch the ground where I am.',
  'I {manner} go round to the other side.',
  'I {manner} do what I did before once more.',
  'I {manner} push the nearest thing a little to one side.',
  'I {manner} hold out what I have.',
  'I {manner} keep still and wait.',
  'I {manner} copy the last movement as well as I am able to.',
  'I {manner} touch the nearest thing and leave it where it is.',
  'I {manner} point out the way that leads on.',
];

export const MANNERS: readonly string[] = [
  'slowly',
  'carefully',
  'gently',
  'quickly',
  'patiently',
  'lightly',
  'steadily',
];

/** Where the game asks to predict what the other one will do. */
export const PREDICTIONS: readonly string[] = [
  'it comes closer',
  'it keeps still',
  'it turns towards me',
  'it moves away',
  'it goes on with what it was doing',
  'it touches what is between us',
];

/** What the other one may be after. */
export const GUESSES: readonly string[] = [
  'It wants to be left alone with what it was doing.',
  'It wants to find out what I am and what I bring.',
  'It wants to keep what belongs to it safe.',
  'It wants to find food, or to share some.',
  'It looks after others, and wants them to be well.',
  'It pursues what is near and soon: what is within its reach now, and hardly anything later.',
];

/** Where it is asked how sure somebody is. */
export const CERTAINTIES: readonly string[] = [
  'Fairly sure: it came back to the same thing again and again.',
  'Not very sure. What it did could mean several things.',
  'Rather sure, because of how it answered when I came closer.',
];

/** Where it is asked how it went. */
export const REFLECTIONS: readonly string[] = [
  'Hard was to know what it takes in; easy was to give it time.',
  'It was easy to begin together, and hard to agree on what comes next.',
  'Hard was that we move so differently. Easy was to take up what it had to give.',
];
