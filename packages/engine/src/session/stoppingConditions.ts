/*
 * A tiny language, never `eval`: `<comparison> <number or name of a config value>`, e.g. `>= 50`, `>= maxTurns`.
 */

export const STOPPING_ATTRIBUTES = ['turns', 'runtimeSeconds'] as const;
export type StoppingAttribute = (typeof STOPPING_ATTRIBUTES)[number];

export const COMPARISONS = ['>=', '<=', '==', '!=', '>', '<'] as const;
export type Comparison = (typeof COMPARISONS)[number];

export interface StoppingCondition {
  readonly attribute: StoppingAttribute;
  readonly comparison: Comparison;
  readonly value: number;
}

export type ParsedCondition =
  | { readonly ok: true; readonly condition: StoppingCondition }
  | {
      readonly ok: false;
      readonly reason: 'condition/syntax' | 'condition/unknown-name';
      readonly message: string;
    };

const SYNTAX = /^\s*(>=|<=|==|!=|>|<)\s*(?:(\d{1,9}(?:\.\d{1,6})?)|([A-Za-z][A-Za-z0-9_]{0,63}))\s*$/;

function isComparison(text: string | undefined): text is Comparison {
  return COMPARISONS.some((comparison) => comparison === text);
}

/** Reads one comparison. Names stand for numbers of `config`, so that a limit is stated once. */
export function parseStoppingCondition(
  attribute: StoppingAttribute,
  text: string,
  config: Readonly<Record<string, unknown>>,
): ParsedCondition {
  const [, comparison, digits, name] = SYNTAX.exec(text) ?? [];
  if (!isComparison(comparison)) {
    return {
      ok: false,
      reason: 'condition/syntax',
      message: `"${text}" is not a comparison. Write an operator (${COMPARISONS.join(' ')}) and a number, for example ">= 50".`,
    };
  }
  const value = name === undefined ? Number(digits) : Object.hasOwn(config, name) ? config[name] : undefined;
  if (typeof value !== 'number' || !Number.isFinite(value)) {
    return {
      ok: false,
      reason: 'condition/unknown-name',
      message: `"${name ?? ''}" is not a number in this game's configuration.`,
    };
  }
  return { ok: true, condition: { attribute, comparison, value } };
}

function holds(left: number, comparison: Comparison, right: number): boolean {
  switch (comparison) {
    case '>=':
      return left >= right;
    case '<=':
      return left <= right;
    case '==':
      return left === right;
    case '!=':
      return left !== right;
    case '>':
      return left > right;
    case '<':
      return left < right;
    default: {
      const unreachable: never = comparison;
      return unreachable;
    }
  }
}

export type Measures = Readonly<Record<StoppingAttribute, number>>;

/** The first condition that holds, or `null`. */
export function firstMet(
  conditions: readonly StoppingCondition[],
  measures: Measures,
): StoppingCondition | null {
  return conditions.find((c) => holds(measures[c.attribute], c.comparison, c.value)) ?? null;
}

const REPORTED_NAME: Readonly<Record<StoppingAttribute, string>> = {
  turns: 'turns',
  runtimeSeconds: 'runtime_seconds',
};

/** The termination text of a met condition, e.g. `stopping condition met: turns >=50`. */
export function describeMet(condition: StoppingCondition): string {
  return `stopping condition met: ${REPORTED_NAME[condition.attribute]} ${condition.comparison}${condition.value}`;
}

/** At which numbers a session ends, as far as something bounds it from above. */
export type UpperLimits = Readonly<Record<StoppingAttribute, number | null>>;

/** The number at which an attribute ends the session, for countdowns; `null` when nothing bounds it from above. */
export function upperLimit(
  conditions: readonly StoppingCondition[],
  attribute: StoppingAttribute,
): number | null {
  const bounds = conditions
    .filter(
      (c) =>
        c.attribute === attribute && (c.comparison === '>=' || c.comparison === '>' || c.comparison === '=='),
    )
    .map((c) => c.value);
  return bounds.length === 0 ? null : Math.min(...bounds);
}
