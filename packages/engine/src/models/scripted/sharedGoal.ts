import { randomStream } from '../../random.ts';
import type { Scene } from '../scene.ts';
import { toldAbilities, toldGoals } from './sheetFacts.ts';

/** One goal for two, out of what the simulated character wants or else is able to do, as far as that may be told. As the opener answers it, in JSON. */
export function composeSharedGoal(scene: Scene, seed: string): string {
  const random = randomStream(`${seed}/scripted/shared-goal/${scene.npc.hid}/${scene.pc.hid}`);
  const wanted = random.pick(toldGoals(scene)) ?? random.pick(toldAbilities(scene));
  return JSON.stringify({ goal: `to ${wanted?.text ?? 'find out what both of you like'}, together` });
}
