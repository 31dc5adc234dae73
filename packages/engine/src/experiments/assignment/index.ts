export * from './dependencies.ts';
export { nextCandidates } from './nextCandidates.ts';
export { holdMsOf, planExperiment } from './plan.ts';
export type { ExperimentDependencies, ExperimentPlan } from './plan.ts';
export { progressOf } from './progress.ts';
export type { ExperimentProgress } from './progress.ts';
export { ASSIGNMENT_STRATEGIES_BY_NAME } from './strategies.ts';
export * from './strategy.ts';
export * from './strategyName.ts';
