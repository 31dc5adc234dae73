/* What tests of other packages need of the engine. */
export { cardDuel, cardDuelFile } from './cardDuel.ts';
export { createTestWorld } from './testWorld.ts';
