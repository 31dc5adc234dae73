/** Words that may begin a noun phrase. */
export const DETERMINERS: ReadonlySet<string> = new Set(
  `a an the my this that these those some another his her its their your our one two three four five`.split(/\s+/),
);

/** Words that stand before a noun more often than for one. */
export const MODIFIERS: ReadonlySet<string> = new Set(
  `low high deep loud quiet gentle slow quick heavy light thin thick wide narrow clear pale strong weak simple strange single
  empty full clean dirty fat young bare blank spare red green blue white black brown grey gray yellow orange pink small big
  large tiny long short old new wet dry warm hot cold cool soft hard glass wooden metal paper plastic smooth rough round sharp
  bright dark sweet fresh broken silver golden live little nearest farthest furthest closest next first last other smallest own heavy shiny muddy rusty dusty empty pretty lovely`.split(
    /\s+/,
  ),
);

/** Modifiers that stand for no thing by themselves. */
export const NEVER_NOUNS: ReadonlySet<string> = new Set(
  `nearest farthest furthest closest next last first second third other only main big large tiny small long short old new
  wet dry loud quiet gentle slow quick heavy thick thin wide narrow little own pretty lovely smallest largest biggest
  loudest strange single empty full clean dirty smooth rough bright fresh broken pale weak strong`.split(/\s+/),
);

/** Nouns that, before `of`, only measure out what follows: `a piece of bread`. */
export const MEASURES: ReadonlySet<string> = new Set(
  `piece cup bowl bucket can drop handful bit slice spoonful bottle pair glass pile bunch sheet jar box bag plate pinch`.split(
    /\s+/,
  ),
);

/** Endings of modifiers that no list can hold: `painted`, `greenish`, `careful`. */
export const MODIFIER_ENDING = /...(?:ed|ish|ful|less|ous)$/;
