/** What of somebody's words says which characters they know about, by the labels of the characters. */
export interface ExpertiseMatcher {
  /** All that can be named. */
  readonly tokens: readonly string[];
  /** The labels and words of labels that a text names, each once. Whatever else it says is left out. */
  tokensOf(text: string): readonly string[];
  /** Whether a character has a label that any of the tokens names. */
  matches(tokens: readonly string[], hid: string): boolean;
}

/** A word that more characters have in their labels than this part of all says little of any of them. */
const RARE = 0.1;
const SHORTEST_WORD = 3;

/** Words that some labels contain and many people write, whatever they know about. */
const STOP_WORDS = new Set(
  `a about after all an and animal another any are artificial as at be been being beings big body both but by can car
  character collective common different do due early each entity every few for free from full general good great group
  had hard has have her high highly him his home how human humans in intelligence intelligent into iron is it its just
  kind know language large late life like limited living long low machine man many me mind minds more most much multi
  my natural new no non normal not now of off old on one only or other others our out over own part people perfect
  person personal persons partial self short similar simple single small smart some special state such suit system
  systems temporary than that the their them then there these they thing things this those through time times to too
  two type under up use used user users very was way we well were what when where which while who whole will with
  woman women men work working world would year years you young your`.split(/\s+/),
);

const wordsOf = (text: string): readonly string[] =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu) ?? [];

interface Vocabulary {
  /** What a character is known by: labels as words joined by single spaces, and words that stand for one alone. */
  readonly byHid: ReadonlyMap<string, ReadonlySet<string>>;
  readonly all: ReadonlySet<string>;
}

function countCharacters(labels: ReadonlyMap<string, readonly string[]>): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const ofCharacter of labels.values()) {
    for (const word of new Set(ofCharacter.flatMap(wordsOf))) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return counts;
}

function vocabularyOf(labelsOf: ReadonlyMap<string, readonly string[]>): Vocabulary {
  const counts = countCharacters(labelsOf);
  const most = Math.max(1, Math.ceil(labelsOf.size * RARE));
  const isRare = (word: string): boolean => word.length >= SHORTEST_WORD && (counts.get(word) ?? 0) <= most;
  const tokensOfLabel = (label: string): readonly string[] => {
    const words = wordsOf(label);
    const telling = words.filter((word) => !STOP_WORDS.has(word));
    return telling.length === 0 ? [] : [words.join(' '), ...telling.filter(isRare)];
  };
  const byHid = new Map(
    [...labelsOf].map(([hid, labels]) => [hid, new Set(labels.flatMap(tokensOfLabel))] as const),
  );
  return { byHid, all: new Set([...byHid.values()].flatMap((tokens) => [...tokens])) };
}

/**
 * A text names a label that it says whole, with all its words in a row; or by a single word that is rare among the
 * labels of all characters. "or", "human" and "time" are in many texts: they name nothing, alone or among themselves.
 */
export function expertiseMatcher(labelsOf: ReadonlyMap<string, readonly string[]>): ExpertiseMatcher {
  const { byHid, all } = vocabularyOf(labelsOf);
  const tokens = [...all];
  return {
    tokens,
    tokensOf: (text) => {
      const said = ` ${wordsOf(text).join(' ')} `;
      return tokens.filter((token) => said.includes(` ${token} `));
    },
    matches: (said, hid) => {
      const known = byHid.get(hid);
      return known !== undefined && said.some((token) => known.has(token));
    },
  };
}
