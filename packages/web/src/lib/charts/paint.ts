/*
 * How series are told apart: by a colour that people who see few colours can tell from the others, and never by it alone.
 * Areas have patterns, lines have dashes and marks.
 */

interface Paint {
  /** A colour of `tokens.css`. */
  readonly color: string;
  /** What is drawn on a tile of 8 by 8 in the colour of the page. */
  readonly pattern: string;
  readonly dash: string;
  /** The outline of a mark around 0,0. */
  readonly mark: string;
}

export const PAINTS = [
  { color: 'var(--series-1)', pattern: '', dash: '', mark: 'M-4,0a4,4 0 1,0 8,0a4,4 0 1,0 -8,0z' },
  {
    color: 'var(--series-2)',
    pattern: 'M-2,2L2,-2M0,8L8,0M6,10L10,6',
    dash: '7 3',
    mark: 'M-3.5,-3.5h7v7h-7z',
  },
  { color: 'var(--series-3)', pattern: 'M0,2H8M0,6H8', dash: '2 3', mark: 'M0,-5L4.5,3.5H-4.5z' },
  { color: 'var(--series-4)', pattern: 'M2,0V8M6,0V8', dash: '9 3 2 3', mark: 'M0,-5L5,0L0,5L-5,0z' },
  { color: 'var(--series-5)', pattern: 'M0,0L8,8M8,0L0,8', dash: '4 2', mark: 'M0,5L4.5,-3.5H-4.5z' },
] as const satisfies readonly Paint[];

/** The paint of a series by its place; beyond the last one they begin again, and their names tell them apart. */
export const paintOf = (index: number): Paint => PAINTS[index % PAINTS.length] ?? PAINTS[0];

/** The id of the pattern of a series in the drawing that is called `uid`. */
export const patternId = (uid: string, index: number): string => `${uid}-pattern-${index % PAINTS.length}`;

/** What an area of a series is filled with. */
export const fillOf = (uid: string, index: number): string => `url(#${patternId(uid, index)})`;
