import type { LanguageModelV4Usage } from '@ai-sdk/provider';
import type { ModelRequest } from '@dcs/engine';
import { z } from 'zod';
import type { ModelUse } from './modelEndpoint.ts';

/** US dollars for a million tokens. */
export interface ModelPrice {
  readonly input: number;
  readonly output: number;
}

/** In most languages and most models a token is about four characters; too many is the safer mistake here. */
const CHARACTERS_PER_TOKEN = 3;

const lengthOf = ({ prompt }: ModelRequest): number =>
  prompt.messages.reduce((sum, { content }) => sum + content.length, prompt.system.length);

type Tokens = Pick<ModelUse, 'inputTokens' | 'outputTokens'>;

function priced({ inputTokens, outputTokens }: Tokens, price: ModelPrice | null): number | null {
  return price === null ? null : (inputTokens * price.input + outputTokens * price.output) / 1_000_000;
}

/** The use of a call that may write so many tokens. */
export function mostUse(request: ModelRequest, outputTokens: number, price: ModelPrice | null): ModelUse {
  const tokens = { inputTokens: Math.ceil(lengthOf(request) / CHARACTERS_PER_TOKEN), outputTokens };
  return { ...tokens, isEstimated: true, costUsd: priced(tokens, price) };
}

/** For a provider that does not tell: the use by the length of the texts. */
export const estimatedUse = (
  request: ModelRequest,
  outputLength: number,
  price: ModelPrice | null,
): ModelUse => mostUse(request, Math.ceil(outputLength / CHARACTERS_PER_TOKEN), price);

/** A question that the provider has not taken costs nothing. */
export const NO_USE: ModelUse = { inputTokens: 0, outputTokens: 0, isEstimated: false, costUsd: 0 };

const toldCost = z.looseObject({ cost: z.number().min(0).max(1_000_000) });

/** The use as the provider tells it; `null` when it does not. Its own cost counts before a price. */
export function toldUse(usage: LanguageModelV4Usage, price: ModelPrice | null): ModelUse | null {
  const inputTokens = usage.inputTokens.total;
  const outputTokens = usage.outputTokens.total;
  if (inputTokens === undefined || outputTokens === undefined) return null;
  const tokens = { inputTokens: Math.max(0, inputTokens), outputTokens: Math.max(0, outputTokens) };
  const cost = toldCost.safeParse(usage.raw).data?.cost ?? priced(tokens, price);
  return { ...tokens, isEstimated: false, costUsd: cost };
}
