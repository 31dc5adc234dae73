import type { EventDraft } from '../../../session/event.ts';
import { validationViolation } from '../../../session/drafts.ts';
import { PROMPT_VERSION } from '../prompts/version.ts';
import type { WrittenText } from '../requests.ts';
import { DISCLOSURE_RULE } from './disclosed.ts';
import type { Disclosed } from './disclosed.ts';

/* A text that was to be played and tells what it must not. */

const WHY: Readonly<Record<Disclosed, string>> = {
  instructions:
    'It recites what you were told about your task, or uses its tags. Players read none of that. Tell what can be seen and heard in the scene, in plain words of your own.',
  sheet:
    'It recites the description of the character, which is for the player to find out. Show in words of your own what the character does, and nothing of what is said of it.',
  name: 'It gives the character a name that is for the player to find out. Call it by the name that you were told.',
};

/** What its writer is told, without a word of what was told. */
export const whyRefused = (disclosed: Disclosed): string => WHY[disclosed];

/** For researchers. Beside the text of a judge's objection, `reply`, what is `withheld` is told to no model again. */
export const disclosureViolation = (disclosed: Disclosed, { text, model }: WrittenText): EventDraft =>
  validationViolation('simulator', {
    rule: DISCLOSURE_RULE,
    reason: whyRefused(disclosed),
    disclosed,
    promptVersion: PROMPT_VERSION,
    withheld: text,
    writtenBy: model,
  });
