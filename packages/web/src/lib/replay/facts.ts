/** One thing that is so at a step, as people read it. */
export interface Fact {
  /** Where it stands in the state, such as `npc.abilities`; unique. */
  readonly path: string;
  readonly label: string;
  readonly value: string;
  /** What it was at the step before, where that was something else. */
  readonly was: string | null;
}

/** Facts that stand together: those of the game itself have no title. */
export interface FactGroup {
  readonly path: string;
  readonly title: string | null;
  readonly facts: readonly Fact[];
  /** Whether any of them is not as it was a step before. */
  readonly hasChanged: boolean;
}

type Fields = Readonly<Record<string, unknown>>;

/** A state of any game fits on the page; the rest of a huge one is in its JSON. */
const MOST_FACTS = 120;
const DEEPEST = 6;
const LONG_ITEM = 24;
const NOTHING = 'none';

/** Words for what every language game has; other names are taken apart where their words begin. */
const LABELS: Readonly<Record<string, string>> = {
  awaiting: 'Being answered',
  failure: 'Why there is none',
  finished: 'Outcome',
  maxInputLength: 'Longest line',
  npc: 'The character',
  opened: 'Scene set',
  pc: 'The player’s character',
  retryBudget: 'Attempts',
  shortDescription: 'Description',
};

/** Shown with the step itself, or the same at every step. */
const LEFT_OUT = new Set(['turns', 'commands', 'hid']);

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function labelOf(name: string): string {
  if (Object.hasOwn(LABELS, name)) return LABELS[name] ?? name;
  const words = name
    .replaceAll(/([a-z\d])([A-Z])/g, '$1 $2')
    .replaceAll(/[_-]+/g, ' ')
    .toLocaleLowerCase('en');
  return words.charAt(0).toLocaleUpperCase('en') + words.slice(1);
}

function textOf(value: unknown): string {
  if (value === null || value === undefined || value === '') return NOTHING;
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (Array.isArray(value)) return listText(value.map(textOf));
  if (isFields(value)) return textOf(value['name'] ?? value['title'] ?? Object.values(value).map(textOf));
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Short things stand in a row, long ones each on a line. */
function listText(items: readonly string[]): string {
  if (items.length === 0) return NOTHING;
  return items.join(items.some((item) => item.length > LONG_ITEM) ? '\n' : ', ');
}

/** `retryBudgetLeft` and `retryBudget` are one fact: so many of so many. */
function pairedText(name: string, fields: Fields): string {
  const whole = name.endsWith('Left') ? fields[name.slice(0, -4)] : undefined;
  const text = textOf(fields[name]);
  return whole === undefined ? text : `${text} of ${textOf(whole)}`;
}

interface Place {
  readonly path: string;
  readonly title: string | null;
  readonly now: Fields;
  /** `null` where there is nothing to compare with. */
  readonly before: Fields | null;
  readonly depth: number;
}

/** A name that is not one word is quoted, so that no two places have the same path. */
function within(path: string, name: string): string {
  const step = /^[\w-]+$/.test(name) ? name : JSON.stringify(name);
  return path === '' ? step : `${path}.${step}`;
}

function isShown(name: string, fields: Fields): boolean {
  // The whole of a pair is told with what is left of it.
  return !LEFT_OUT.has(name) && !Object.hasOwn(fields, `${name}Left`);
}

function factOf(name: string, { path, now, before }: Place): Fact {
  const value = pairedText(name, now);
  const was = before === null ? value : pairedText(name, before);
  const label = labelOf(name.replace(/Left$/, '')) + (name.endsWith('Left') ? ' left' : '');
  return { path: within(path, name), label, value, was: was === value ? null : was };
}

/** What was there and is gone is a fact as well. */
function namesIn({ now, before }: Place): readonly string[] {
  const gone = Object.keys(before ?? {}).filter((name) => !Object.hasOwn(now, name));
  return [...Object.keys(now), ...gone].filter((name) => isShown(name, now));
}

function groupsIn(place: Place): readonly FactGroup[] {
  const names = namesIn(place);
  const inner = names.filter((name) => isFields(place.now[name]) && place.depth < DEEPEST);
  const facts = names
    .filter((name) => !inner.includes(name))
    .map((name) => factOf(name, place))
    .filter(({ value, was }) => value !== NOTHING || was !== null);
  const groups = inner.flatMap((name) => {
    const was = place.before?.[name];
    const before = place.before === null ? null : isFields(was) ? was : {};
    const now = place.now[name];
    const path = within(place.path, name);
    const title = place.title === null ? labelOf(name) : `${place.title}: ${labelOf(name)}`;
    return isFields(now) ? groupsIn({ path, title, now, before, depth: place.depth + 1 }) : [];
  });
  const hasChanged = facts.some(({ was }) => was !== null);
  const own: FactGroup = { path: place.path, title: place.title, facts, hasChanged };
  return facts.length === 0 ? groups : [own, ...groups];
}

/** A game's view as facts. `before` is the view at the step before; without it nothing counts as changed. */
export function factsOf(view: unknown, before: unknown): readonly FactGroup[] {
  const now = isFields(view) ? view : view === null || view === undefined ? {} : { state: view };
  const groups = groupsIn({
    path: '',
    title: null,
    now,
    before: isFields(before) ? before : null,
    depth: 0,
  });
  let room = MOST_FACTS;
  return groups.flatMap((group) => {
    const facts = group.facts.slice(0, room);
    room -= facts.length;
    return facts.length === 0 ? [] : [{ ...group, facts }];
  });
}
