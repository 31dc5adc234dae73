export { createCancellation } from './cancellation.ts';
export type { Cancellation } from './cancellation.ts';
export * from './characters/index.ts';
export type * from './game/ask.ts';
export * from './game/gameFile.schema.ts';
export * from './json.ts';
export * from './ports.ts';
export * from './random.ts';
export * from './game/game.ts';
export * from './session/event.ts';
export * from './session/seat.ts';
export * from './session/session.ts';
export * from './session/frame.ts';
export { FOLD_CHANGES, flagsOf, NO_FLAGS } from './session/flags.ts';
export type { Flags, FoldChange } from './session/flags.ts';
export * from './session/failure.ts';
export { feedbackFor, feedbackSchema, foldFeedback, MOST_COMMENT, readFeedback } from './session/feedback.ts';
export type { Feedback, GivenFeedback } from './session/feedback.ts';
export {
  EVALUATION_NOT_OVER,
  EVALUATION_NOT_SCORED,
  evaluationCommand,
  evaluationIn,
} from './session/evaluation.ts';
export type { EvaluateSession } from './session/evaluation.ts';
export { HIGHEST_TIER, scoreSchema } from './games/roleplay/scoring/score.ts';
export type { Score, Tally } from './games/roleplay/scoring/score.ts';
export type { Evaluating } from './game/evaluating.ts';
export type { FeedbackOnReply } from './session/giveFeedback.ts';
export * from './session/turnMeter.ts';
export * from './session/stoppingConditions.ts';
export * from './session/termination.ts';
export type { Recovery } from './session/clock.ts';
export * from './session/sessionManager.ts';
export { findSheets, foldOf, prepareFold } from './session/prepareFold.ts';
export type { FoldPorts } from './session/prepareFold.ts';
export { readSteps } from './session/reconstruct.ts';
export { runtimeMs, statusOf, stepsOf, summarise } from './session/state.ts';
export type { Fold, SessionState, Step } from './session/state.ts';
export { takeSnapshot, UnusableSnapshot } from './session/snapshot.ts';
export type { Snapshot } from './session/snapshot.ts';
export { SNAPSHOT_POLICIES } from './session/snapshotPolicy.ts';
export type { SnapshotPolicy } from './session/snapshotPolicy.ts';
export { createSnapshots, NO_SNAPSHOTS } from './session/snapshots.ts';
export type { SnapshotMeter, SnapshotOutcome, Snapshots } from './session/snapshots.ts';
export { createSessionManager } from './session/createSessionManager.ts';
export type { SessionPorts } from './session/liveSession.ts';
export * from './game/registry.ts';
export { builtInGames } from './games/index.ts';
export * from './session/view.ts';
export * from './models/languageModel.ts';
export * from './models/modelChoice.ts';
export * from './models/modelRole.ts';
export { PROMPT_VERSION } from './games/roleplay/prompts/version.ts';
export * from './games/roleplay/assessing.ts';
export * from './models/scene.ts';
export { createScriptedModel } from './models/scripted/scriptedModel.ts';
export * from './recording/index.ts';
export * as drafts from './session/drafts.ts';
