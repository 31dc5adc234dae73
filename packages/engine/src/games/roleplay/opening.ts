import type { Decision, DecisionTools } from '../../game/game.ts';
import { npcMessage } from '../../session/drafts.ts';
import type { EventDraft } from '../../session/event.ts';
import { disclosedInPlay, discreetly } from './disclosure/disclosure.ts';
import type { Telling } from './disclosure/disclosure.ts';
import { disclosureViolation, whyRefused } from './disclosure/refusing.ts';
import { objectiveSettled, openingRejected } from './notices.ts';
import { accepted, draftsWith, rejected } from './outcome.ts';
import type { Guidance } from './prompts/guidance.ts';
import { PROMPT_VERSION } from './prompts/version.ts';
import { askOpening } from './requests.ts';
import type { WrittenText } from './requests.ts';
import { CHARACTER_SEAT, sceneOf } from './state.ts';
import type { RoleplayState } from './state.ts';

/* The first scene. No judge reads it, since nobody has acted yet; but it may tell no more than a reply may. */

/** An opening that may be played, or none, with the violations of those that were refused. */
interface WrittenOpening {
  readonly opening: WrittenText | null;
  readonly violations: readonly EventDraft[];
}

/** Has the opening written, and once more if it tells what it must not. Rejects with a `ModelFailure`. */
async function writeOpening(telling: Telling, tools: DecisionTools): Promise<WrittenOpening> {
  const scene = sceneOf(telling.state, null);
  const violations: EventDraft[] = [];
  let objection: string | null = null;
  for (let left = 2; left > 0; left -= 1) {
    tools.phase('writing');
    const opening = await askOpening({ scene, objection }, tools.ask, discreetly(telling, tools.draft));
    const disclosed = disclosedInPlay(opening.text, telling);
    if (disclosed === null) return { opening, violations };
    violations.push(disclosureViolation(disclosed, opening));
    objection = whyRefused(disclosed);
  }
  return { opening: null, violations };
}

const played = ({ text, model }: WrittenText): EventDraft =>
  npcMessage(CHARACTER_SEAT, text, { opening: true, model, promptVersion: PROMPT_VERSION });

/** What a game adds to its opening; see `TurnRules`. */
interface OpeningRules<State> {
  readonly guidance: Guidance;
  chooseObjective(state: State, tools: DecisionTools): Promise<string | null>;
  afterOpening(state: State): readonly EventDraft[];
}

/** Opens the scene. Rejects with a `ModelFailure` when a model gives no usable answer. */
export async function playOpening<State extends RoleplayState>(
  rules: OpeningRules<State>,
  state: State,
  tools: DecisionTools,
): Promise<Decision> {
  const objective = state.objective ?? (await rules.chooseObjective(state, tools));
  const settled = { ...state, objective };
  const { opening, violations } = await writeOpening(
    { state: settled, guidance: rules.guidance, said: [] },
    tools,
  );
  // The objective stands first: an opening that a crash cuts off is written anew for the same one.
  const isNew = state.objective === null && objective !== null;
  const noted = [...(isNew ? [objectiveSettled(objective)] : []), ...violations];
  if (opening === null) return rejected(draftsWith(noted, openingRejected()));
  return accepted([...draftsWith(noted, played(opening)), ...rules.afterOpening(settled)]);
}
