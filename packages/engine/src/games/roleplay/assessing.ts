/* What judges and scorers are asked in play, for those who want to know how well they do. */
export type { Guidance } from './prompts/guidance.ts';
export { askActionVerdict, askReplyVerdict } from './requests.ts';
export { PLAYER_RULES, SIMULATOR_RULES } from './rules.ts';
export type { PlayerRule, SimulatorRule } from './rules.ts';
export type { Score } from './scoring/score.ts';
export { SCORE_TASKS, scorePlay } from './scoring/scorePlay.ts';
export type { PlayToScore, ScoreTask } from './scoring/scorePlay.ts';
export type { RuleVerdict, Verdict } from './verdict.ts';
