import { cluster } from './cluster.ts';
import { crash } from './crash.ts';
import { exactlyOnce } from './exactlyOnce.ts';
import { gameState } from './gameState.ts';
import { leak } from './leak.ts';
import { resume } from './resume.ts';
import type { Soak } from './soak.ts';
import { study } from './study.ts';

/** Every soak by its name, in the order of `npm run soak -- all`. */
export const SOAKS: Readonly<Record<string, Soak>> = {
  crash,
  resume,
  'exactly-once': exactlyOnce,
  'game-state': gameState,
  leak,
  cluster,
  study,
};
