import type { Ask } from '../../game/ask.ts';
import type { Scene } from '../../models/scene.ts';
import type { Guidance } from './prompts/guidance.ts';
import { askActionVerdict, askReplyVerdict } from './requests.ts';
import type { PlayerRule, SimulatorRule } from './rules.ts';
import { SIMULATOR_RULES } from './rules.ts';
import type { RuleVerdict } from './verdict.ts';

/** Why something may not be played: the rule, what its judge says, and who judged. */
export interface Objection<Rule extends PlayerRule | SimulatorRule> {
  readonly rule: Rule;
  readonly reason: string;
  readonly model: string;
}
/** Of an action, and of a reply. */
export type PlayerObjection = Objection<PlayerRule>;
export type SimulatorObjection = Objection<SimulatorRule>;

function objectionOf<Rule extends PlayerRule | SimulatorRule>(
  rule: Rule,
  { verdict, model }: RuleVerdict,
): Objection<Rule> | null {
  return verdict.pass ? null : { rule, reason: verdict.reason, model };
}

/** The first objection of any judge, as soon as there is one; `null` when all have let it pass. Rejects when one fails before. */
function firstObjection<T>(judges: readonly Promise<T | null>[]): Promise<T | null> {
  return new Promise((resolve, reject) => {
    for (const judge of judges) {
      void judge.then((objection) => {
        if (objection !== null) resolve(objection);
      }, reject);
    }
    // Behind the objections above, so that it says `null` only when there was none.
    void Promise.all(judges).then(() => resolve(null), reject);
  });
}

/** Has an action judged by these rules, all at once. */
export function objectionToAction(
  about: { readonly scene: Scene; readonly action: string; readonly guidance: Guidance },
  rules: readonly PlayerRule[],
  ask: Ask,
): Promise<PlayerObjection | null> {
  return firstObjection(
    rules.map(async (rule) => objectionOf(rule, await askActionVerdict(rule, about, ask))),
  );
}

/** Has a finished reply judged by all rules at once. */
export function objectionToReply(
  about: { readonly scene: Scene; readonly reply: string; readonly guidance: Guidance },
  ask: Ask,
): Promise<SimulatorObjection | null> {
  return firstObjection(
    SIMULATOR_RULES.map(async (rule) => objectionOf(rule, await askReplyVerdict(rule, about, ask))),
  );
}
