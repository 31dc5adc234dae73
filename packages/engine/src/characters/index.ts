export * from './character.schema.ts';
export * from './dimensions.schema.ts';
export * from './filters.ts';
export * from './hsnDivergence.schema.ts';
export * from './manner.schema.ts';
export * from './senses.schema.ts';
export * from './sheetWarnings.ts';
