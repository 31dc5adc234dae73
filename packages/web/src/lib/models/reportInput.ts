import type { ModelReportInput, RoleUseDto } from '@dcs/api';
import { ROLE_WORDS } from '#lib/models/modelWords.ts';

/** How far the page of models can look back, in hours. */
export const REPORT_TIMES = [
  { hours: 1, words: 'Last hour' },
  { hours: 24, words: 'Last 24 hours' },
  { hours: 24 * 7, words: 'Last 7 days' },
  { hours: 24 * 30, words: 'Last 30 days' },
  { hours: 24 * 90, words: 'Last 90 days' },
] as const;

const USUAL_HOURS = 24;
/** Of the API; a longer name is no model's. */
const MOST_MODEL_NAME = 300;

const isRole = (text: string): text is RoleUseDto['role'] => Object.hasOwn(ROLE_WORDS, text);

/** What an address asks for; the usual time where it asks for none that there is, and everything where it is not about a part. */
export function readReportInput(asked: URLSearchParams): ModelReportInput {
  const hours = REPORT_TIMES.find((time) => String(time.hours) === asked.get('hours'))?.hours;
  const role = asked.get('role') ?? '';
  const model = asked.get('model') ?? '';
  return {
    hours: hours ?? USUAL_HOURS,
    role: isRole(role) ? role : null,
    model: model === '' || model.length > MOST_MODEL_NAME ? null : model,
  };
}

const providerOf = (model: string): string => model.split(':', 1)[0] ?? model;

/** Models by their providers, in the order in which they come; with the one that is asked for, though nobody knows it. */
export function modelChoices(
  models: readonly string[],
  asked: string | null,
): readonly { readonly provider: string; readonly models: readonly string[] }[] {
  const isNew = asked !== null && asked.includes(':') && !models.includes(asked);
  const all = isNew ? [...models, asked] : models;
  const providers = new Set(all.map(providerOf));
  if (asked !== null && !asked.includes(':')) providers.add(asked);
  return [...providers].map((provider) => ({
    provider,
    models: all.filter((model) => providerOf(model) === provider),
  }));
}
