/*
 * Counters, gauges and distributions that cost next to nothing to feed: a turn feeds a dozen of them, and has some
 * hundred microseconds in all. prom-client hashes the labels of every single increment (250 to 450 ns each, also
 * through its children); here a series is a number that is found once. The text is made when somebody asks for it.
 */

/** One series that only grows. */
export interface Count {
  readonly add: (by?: number) => void;
}

/** One series of observed values, kept as how many were at most as large as each bound. */
export interface Distribution {
  readonly observe: (value: number) => void;
}

/** One child for each combination of label values, made when it is first asked for. Values come from closed sets. */
export type Family<Series> = (...labelValues: string[]) => Series;

interface About {
  readonly name: string;
  /** A sentence for people. */
  readonly help: string;
}

export interface CountAbout extends About {
  readonly labels?: readonly string[];
}

export interface DistributionAbout extends CountAbout {
  /** Ascending. */
  readonly bounds: readonly number[];
  /** How many of what is observed make one of what is shown: 1000 for milliseconds in seconds. 1 by default. */
  readonly perUnit?: number;
}

export interface GaugesAbout extends About {
  readonly labels: readonly string[];
}

export interface LabelledValue {
  readonly labelValues: readonly string[];
  readonly value: number;
}

export interface Instruments {
  count(about: CountAbout): Family<Count>;
  distribution(about: DistributionAbout): Family<Distribution>;
  /** Read whenever the text is made. */
  gauge(about: About, read: () => number): void;
  /** The same for several series, each with a value for every label. */
  gauges(about: GaugesAbout, read: () => readonly LabelledValue[]): void;
  /** Something that is so, told in labels. */
  info(about: About, facts: Readonly<Record<string, string>>): void;
  /** Everything in the Prometheus text format. */
  text(): string;
}

interface Block extends About {
  readonly type: 'counter' | 'gauge' | 'histogram';
  readonly lines: () => readonly string[];
}

/** What cannot stand in a label's value as it is. */
const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '"': '\\"', '\n': '\\n' };

function labelled(name: string, labels: readonly (readonly [string, string])[]): string {
  if (labels.length === 0) return name;
  const pairs = labels.map(([label, value]) => {
    const escaped = value.replaceAll(/[\\"\n]/g, (character) => ESCAPES[character] ?? character);
    return `${label}="${escaped}"`;
  });
  return `${name}{${pairs.join(',')}}`;
}

interface Child<Series> {
  readonly labels: readonly (readonly [string, string])[];
  readonly series: Series;
}

interface Node<Series> {
  readonly next: Map<string, Node<Series>>;
  leaf: Series | null;
}

/** Finds a child by walking its label values, so that no text is put together on the way. */
function createFamily<Series>(labels: readonly string[], make: () => Series) {
  const root: Node<Series> = { next: new Map(), leaf: null };
  const children: Child<Series>[] = [];
  const find: Family<Series> = (...values) => {
    let node = root;
    for (const value of values) {
      let next = node.next.get(value);
      if (next === undefined) {
        next = { next: new Map(), leaf: null };
        node.next.set(value, next);
      }
      node = next;
    }
    if (node.leaf !== null) return node.leaf;
    const series = make();
    node.leaf = series;
    children.push({ labels: labels.map((label, index) => [label, values[index] ?? ''] as const), series });
    return series;
  };
  // A series without labels exists from the start: nought is an answer too.
  if (labels.length === 0) find();
  return { find, children };
}

interface CountSeries extends Count {
  readonly value: () => number;
}

function createCount(): CountSeries {
  let value = 0;
  return {
    add: (by = 1) => {
      value += by;
    },
    value: () => value,
  };
}

interface DistributionSeries extends Distribution {
  readonly sum: () => number;
  /** How many were observed up to each bound, and in all. */
  readonly cumulated: () => readonly number[];
}

function createDistribution(bounds: readonly number[]): DistributionSeries {
  const buckets = new Float64Array(bounds.length + 1);
  let sum = 0;
  return {
    observe: (value) => {
      let index = 0;
      while (index < bounds.length && value > (bounds[index] ?? 0)) index += 1;
      buckets[index] = (buckets[index] ?? 0) + 1;
      sum += value;
    },
    sum: () => sum,
    cumulated: () => {
      let total = 0;
      return Array.from(buckets, (inBucket) => (total += inBucket));
    },
  };
}

function distributionLines(
  { labels, series }: Child<DistributionSeries>,
  { name, bounds, perUnit = 1 }: DistributionAbout,
): readonly string[] {
  const cumulated = series.cumulated();
  const total = String(cumulated.at(-1) ?? 0);
  const upTo = [...bounds.map((bound) => String(bound / perUnit)), '+Inf'];
  return [
    ...upTo.map(
      (le, index) => `${labelled(`${name}_bucket`, [...labels, ['le', le]])} ${cumulated[index] ?? 0}`,
    ),
    `${labelled(`${name}_sum`, labels)} ${series.sum() / perUnit}`,
    `${labelled(`${name}_count`, labels)} ${total}`,
  ];
}

/** Instruments of one server; nothing is shared between two servers in one process. */
export function createInstruments(): Instruments {
  const blocks: Block[] = [];
  return {
    count: (about) => {
      const { find, children } = createFamily(about.labels ?? [], createCount);
      const lines = () =>
        children.map(({ labels, series }) => `${labelled(about.name, labels)} ${series.value()}`);
      blocks.push({ ...about, type: 'counter', lines });
      return find;
    },
    distribution: (about) => {
      const { find, children } = createFamily(about.labels ?? [], () => createDistribution(about.bounds));
      const lines = () => children.flatMap((child) => distributionLines(child, about));
      blocks.push({ ...about, type: 'histogram', lines });
      return find;
    },
    gauge: (about, read) => {
      blocks.push({ ...about, type: 'gauge', lines: () => [`${about.name} ${read()}`] });
    },
    gauges: (about, read) => {
      const lineOf = ({ labelValues, value }: LabelledValue): string => {
        const labels = about.labels.map((label, index) => [label, labelValues[index] ?? ''] as const);
        return `${labelled(about.name, labels)} ${value}`;
      };
      blocks.push({ ...about, type: 'gauge', lines: () => read().map(lineOf) });
    },
    info: (about, facts) => {
      const line = `${labelled(about.name, Object.entries(facts))} 1`;
      blocks.push({ ...about, type: 'gauge', lines: () => [line] });
    },
    text: () =>
      blocks
        .map(({ name, help, type, lines }) =>
          [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, ...lines()].join('\n'),
        )
        .join('\n\n')
        .concat('\n'),
  };
}
