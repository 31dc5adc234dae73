import { ADMIN_PLACES } from './adminPlaces.ts';
import { CHARACTER_PLACES } from './characterPlaces.ts';
import { EXPERIMENT_PLACES } from './experimentPlaces.ts';
import type { Place } from './place.ts';
import { PLAY_PLACES } from './playPlaces.ts';
import { REPLAY_PLACES } from './replayPlaces.ts';
import { SITE_PLACES } from './sitePlaces.ts';

/** Every page, in every state that looks different. */
export const PLACES: readonly Place[] = [
  ...SITE_PLACES,
  ...EXPERIMENT_PLACES,
  ...PLAY_PLACES,
  ...REPLAY_PLACES,
  ...ADMIN_PLACES,
  ...CHARACTER_PLACES,
];
