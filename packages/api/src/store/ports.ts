/*
 * What the services keep, in their own words. Adapters: memory/ and mongo/; stores.contract.ts runs against both.
 * Every method may reject with StoreUnavailable, and may then be repeated unless it says otherwise. All times are
 * epoch milliseconds. Unless they say otherwise, lists come newest first; all take the last row seen as their cursor.
 */

export * from './ports/audit.ts';
export * from './ports/characters.ts';
export * from './ports/experiments.ts';
export * from './ports/forms.ts';
export * from './ports/history.ts';
export * from './ports/modelCalls.ts';
export * from './ports/people.ts';
export * from './ports/sessions.ts';
export * from './ports/stores.ts';
