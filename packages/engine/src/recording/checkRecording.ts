import type { Game } from '../game/game.ts';
import { foldOf } from '../session/prepareFold.ts';
import { stepsOf } from '../session/state.ts';
import { fieldOf, isSameValue, leavesOf, withChange } from './leaves.ts';
import type { Leaves } from './leaves.ts';
import { pictureOf } from './picture.ts';
import type { PictureValue, Recording } from './recording.schema.ts';

/** One value that is no longer what it was; `undefined` where there is none. */
export interface ChangedValue {
  readonly pointer: string;
  readonly recorded: PictureValue | undefined;
  readonly now: PictureValue | undefined;
}

/** The first place at which a recording folds to something else. What comes after it follows from it. */
export interface Deviation {
  /** 0 before the first event. */
  readonly seq: number;
  readonly values: readonly ChangedValue[];
}

/**
 * Fields that the recording knows. Others have come later, and say nothing about whether the old ones are as they were.
 * So states and views may grow without recordings being made again.
 */
function fieldsOf({ start, steps }: Recording): ReadonlySet<string> {
  const changes = [start, ...steps.map(({ change }) => change)];
  return new Set(changes.flatMap(({ set }) => Object.keys(set).map(fieldOf)));
}

function changedValues(recorded: Leaves, now: Leaves, known: ReadonlySet<string>): readonly ChangedValue[] {
  const pointers = new Set([...recorded.keys(), ...now.keys()]);
  return [...pointers]
    .filter((pointer) => recorded.has(pointer) || known.has(fieldOf(pointer)))
    .map((pointer) => ({ pointer, recorded: recorded.get(pointer), now: now.get(pointer) }))
    .filter((value) => !isSameValue(value.recorded, value.now));
}

/**
 * Folds a recording with `game` and compares every step with what it was when it was recorded; `null` when nothing has
 * changed. Throws when the recording cannot be folded at all.
 */
export function checkRecording(recording: Recording, game: Game): Deviation | null {
  const { header, sheets, start, steps } = recording;
  const fold = foldOf(game, header, sheets);
  const known = fieldsOf(recording);
  let recorded = withChange(new Map(), start);
  const atStart = changedValues(recorded, leavesOf(pictureOf(fold, fold.start, null)), known);
  if (atStart.length > 0) return { seq: 0, values: atStart };
  const folded = stepsOf(
    fold,
    steps.map(({ event }) => event),
  );
  for (const { change } of steps) {
    const step = folded.next();
    if (step.done === true) break;
    const { event, state } = step.value;
    recorded = withChange(recorded, change);
    const values = changedValues(recorded, leavesOf(pictureOf(fold, state, event)), known);
    if (values.length > 0) return { seq: event.seq, values };
  }
  return null;
}

const MOST_VALUES = 12;

const shown = (value: PictureValue | undefined): string =>
  value === undefined ? 'not there' : JSON.stringify(value);

/** What has changed, where, and what to do about it. */
export function describeDeviation({ name, steps }: Recording, { seq, values }: Deviation): string {
  const event = steps.find((step) => step.event.seq === seq)?.event;
  const place =
    event === undefined
      ? 'before its first event'
      : `after event ${seq} (${event.source} ${event.kind}, turn ${event.turn})`;
  const more = values.length - MOST_VALUES;
  return [
    `The recording ${name} folds to something else ${place}:`,
    ...values
      .slice(0, MOST_VALUES)
      .map(({ pointer, recorded, now }) => `  ${pointer} was ${shown(recorded)}, is ${shown(now)}`),
    ...(more > 0 ? [`  and ${more} more`] : []),
    'If that is a mistake, mend it. If it is meant, it needs a flag in packages/engine/src/session/flags.ts that names this',
    'recording, and everything stays as it was without the flag: CONTRIBUTING.md, "Changing what a log folds to".',
  ].join('\n');
}
