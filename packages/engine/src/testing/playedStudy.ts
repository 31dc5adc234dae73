import { standingOf } from '../experiments/standing.ts';
import type { ExperimentState } from '../experiments/state.ts';
import { randomStream } from '../random.ts';
import type { RandomStream } from '../random.ts';
import { experimentTable } from './experimentTable.ts';
import type { ExperimentTable } from './experimentTable.ts';

/** How those take part who play a study. */
export interface StudyHabits {
  readonly participants: number;
  readonly seed: string;
  /** Chances, from 0 to 1, of leaving for good before an assignment is begun, and while it is played. */
  readonly leavesBefore: number;
  readonly leavesWithin: number;
  /** How many come in the same moment. */
  readonly atOnce: number;
  /** How long it takes until the next ones come. */
  readonly minutesBetween: number;
}

interface Somebody {
  readonly participantId: string;
  readonly random: RandomStream;
  readonly habits: StudyHabits;
}

const CHANCES = 1_000_000;
const happens = (random: RandomStream, chance: number): boolean =>
  random.integer(1, CHANCES) <= chance * CHANCES;

/** Plays whatever they are given until nothing is left for them, or they leave. */
async function takePart(table: ExperimentTable, { participantId, random, habits }: Somebody) {
  await table.run({ type: 'join', participantId, kind: 'human' });
  for (let step = 1; ; step += 1) {
    await table.run({ type: 'next', participantId });
    const moment = await table.manager.present(table.name);
    const current = moment === null ? null : (standingOf(moment, participantId)?.current ?? null);
    if (current === null || happens(random, habits.leavesBefore)) return;
    const { assignmentId } = current;
    const sessionId = `${assignmentId} ${step}`;
    await table.run({ type: 'prepare', participantId, assignmentId });
    await table.run({ type: 'start', participantId, assignmentId, sessionId });
    const isLeft = happens(random, habits.leavesWithin);
    const reason = isLeft ? 'user_close_button' : 'game_completed';
    await table.run({ type: 'end', assignmentId, sessionId, reason, turns: 5 });
    if (isLeft) return;
  }
}

/** A study that is played by bots at the manager by which a server runs experiments, some of them in the same moment. */
export async function playedStudy(
  file: Readonly<Record<string, unknown>>,
  habits: StudyHabits,
): Promise<ExperimentState> {
  const table = experimentTable(file);
  for (let came = 0; came < habits.participants; came += habits.atOnce) {
    const together = Array.from(
      { length: Math.min(habits.atOnce, habits.participants - came) },
      (_, index) => {
        const participantId = `bot ${came + index + 1}`;
        return { participantId, random: randomStream(`${habits.seed}:${participantId}`), habits };
      },
    );
    await Promise.all(together.map((somebody) => takePart(table, somebody)));
    table.pass(habits.minutesBetween * 60_000);
  }
  const moment = await table.manager.present(table.name);
  if (moment === null) throw new Error('There is no such study.');
  return moment.state;
}
