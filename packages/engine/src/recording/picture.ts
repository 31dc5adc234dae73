import { z } from 'zod';
import type { JsonObject, JsonValue } from '../json.ts';
import type { SessionEvent } from '../session/event.ts';
import type { Viewer } from '../session/seat.ts';
import { runtimeMs, statusOf } from '../session/state.ts';
import type { Fold, SessionState } from '../session/state.ts';
import { visibleEvent, WITHHELD } from '../session/view.ts';

/** Everyone who may look at a session, by the name of where they look from. */
function viewersOf({ game }: Fold): readonly (readonly [string, Viewer])[] {
  return [
    ['admin', { seat: null, seesAll: true }],
    ['nobody', { seat: null, seesAll: false }],
    ...game.seats.map(({ name }) => [`seat ${name}`, { seat: name, seesAll: false }] as const),
  ];
}

/** Whatever JSON keeps of a value; what it would leave out silently is a fault. */
const asJson = (value: unknown): JsonValue => z.json().parse(value);

/**
 * All that matters of a session just after an event, as one JSON document: what everyone may see, and what the session goes
 * on from. A game that does not freeze is pictured by its views alone.
 */
export function pictureOf(fold: Fold, state: SessionState, event: SessionEvent | null): JsonObject {
  const { game } = fold;
  // Place and time of the last event stand in the event itself.
  const { game: gameState, lastSeq: _lastSeq, lastAt, ...core } = state;
  const viewers = viewersOf(fold);
  const isWithheld = (viewer: Viewer): boolean =>
    event !== null && visibleEvent(event, viewer).kind === WITHHELD;
  return {
    turns: game.progress(gameState).turns,
    finished: game.progress(gameState).finished,
    status: statusOf(state),
    runtimeMs: runtimeMs(state, lastAt),
    core: asJson(core),
    ...(game.freezing === undefined ? {} : { game: asJson(game.freezing.freeze(gameState)) }),
    withheldFrom: viewers.filter(([, viewer]) => isWithheld(viewer)).map(([name]) => name),
    views: Object.fromEntries(viewers.map(([name, viewer]) => [name, asJson(game.view(gameState, viewer))])),
  };
}
