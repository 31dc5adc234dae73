export * from './assignment/index.ts';
export * from './event.ts';
export * from './experiment.schema.ts';
export * from './forms/index.ts';
export * from './ports.ts';
export * from './state.ts';
