import { FORM_EVENTS, variantOf } from '@dcs/engine';
import type { ExperimentConfig } from '@dcs/engine';
import { doubt } from '../configProblem.ts';
import type { ConfigProblem } from '../configProblem.ts';
import type { Rule } from './rule.ts';

/** Forms that are asked together are loaded together, also over the line of a phone: beyond that, it shows. */
export const MOST_BYTES_AT_ONCE = 20_000;

/** The forms of an event that somebody is asked together: in each game its own ones with those of all games. */
function askedTogether(
  { forms, games }: ExperimentConfig,
  event: string,
): readonly ExperimentConfig['forms'][] {
  const ofEvent = forms.filter(({ trigger }) => trigger.event === event);
  return games.map((game) =>
    ofEvent.filter(({ trigger }) => trigger.games === undefined || trigger.games.includes(variantOf(game))),
  );
}

function heavyForms(config: ExperimentConfig): readonly ConfigProblem[] {
  return FORM_EVENTS.flatMap((event): readonly ConfigProblem[] => {
    const sizes = askedTogether(config, event).map((forms) => Buffer.byteLength(JSON.stringify(forms)));
    const size = Math.max(...sizes);
    if (size <= MOST_BYTES_AT_ONCE) return [];
    const index = config.forms.findIndex(({ trigger }) => trigger.event === event);
    const message = `has ${Math.ceil(size / 1000)} kB of text together with whatever else is asked at ${event}`;
    const fix = `Keep to ${MOST_BYTES_AT_ONCE / 1000} kB: shorten the texts, or ask a part of them on another occasion.`;
    return [doubt(['forms', index], { reason: 'experiment/heavy-forms', message, fix })];
  });
}

export const WEIGHT_RULES: readonly Rule[] = [{ needs: ['games'], find: heavyForms }];
