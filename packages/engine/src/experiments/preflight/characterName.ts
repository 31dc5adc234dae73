import { labelWithHandle } from '../../characters/characterLabel.ts';
import type { ExperimentPlan } from '../assignment/plan.ts';

/** What a report calls a character; reports are for those who run an experiment, from whom nobody is hidden. */
export function characterName({ sheets }: Pick<ExperimentPlan, 'sheets'>, hid: string): string {
  const sheet = sheets.get(hid);
  return sheet === undefined ? hid : labelWithHandle(sheet);
}
