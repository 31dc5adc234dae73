/** The value as a member of a closed set. What the contract keeps as text is checked when it is read. */
export function memberOf<T extends string>(set: readonly T[], value: string, what: string): T {
  const member = set.find((candidate) => candidate === value);
  if (member === undefined)
    throw new Error(`The database holds an unknown ${what}: ${JSON.stringify(value)}.`);
  return member;
}

export const timeOf = (date: Date | null | undefined): number | null => date?.getTime() ?? null;

export const dateOf = (time: number | null): Date | null => (time === null ? null : new Date(time));
