import type { CharacterFilterName } from '@dcs/api';

/** Filters in words, in the order in which they are offered. */
export const FILTER_WORDS: Readonly<Record<CharacterFilterName, string>> = {
  all: 'All',
  'pc-eligible': 'For players',
  human: 'People',
  'non-human': 'Not human',
  'human-normative': 'People, normative',
  neurotypical: 'Neurotypical',
  divergent: 'Divergent',
  neurodivergent: 'Neurodivergent',
  'physical-divergence': 'Physically divergent',
  hypersensitive: 'Hypersensitive',
  hyposensitive: 'Hyposensitive',
};

export function isFilterName(name: string): name is CharacterFilterName {
  return Object.hasOwn(FILTER_WORDS, name);
}
