import { MongoAndExpr, MongoFieldFilter, MongoOrExpr } from '@prisma/orm-mongo/query-ast/execution';

/** What the ORM's own equality filter cannot say. Field names are the contract's; values are never ObjectIds. */
export const field = {
  atMost: (name: string, value: Date) => MongoFieldFilter.lte(name, value),
  later: (name: string, value: Date) => MongoFieldFilter.gt(name, value),
  nullOrLater: (name: string, value: Date) =>
    MongoOrExpr.of([MongoFieldFilter.isNull(name), MongoFieldFilter.gt(name, value)]),
  isNull: (name: string) => MongoFieldFilter.isNull(name),
  isNotNull: (name: string) => MongoFieldFilter.isNotNull(name),
  isOneOf: (name: string, values: readonly string[]) => MongoFieldFilter.in(name, [...values]),
  isNot: (name: string, value: string) => MongoFieldFilter.neq(name, value),
};

/**
 * Rows after `place` in a list that runs from the latest time down and, within one time, from the greatest id down.
 * The bound on the time stands outside the alternative, so that the index is entered at the place.
 */
export function after(
  names: { readonly time: string; readonly id: string },
  place: { readonly time: number; readonly id: string },
) {
  const time = new Date(place.time);
  return MongoAndExpr.of([
    MongoFieldFilter.lte(names.time, time),
    MongoOrExpr.of([MongoFieldFilter.lt(names.time, time), MongoFieldFilter.lt(names.id, place.id)]),
  ]);
}
