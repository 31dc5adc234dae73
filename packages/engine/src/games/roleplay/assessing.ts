/* What judges and scorers are asked in play, and how quotations are found, for those who want to know how well models do. */
export { hiddenProse, LETTERS_OF_GOAL, LETTERS_OF_SHEET } from './disclosure/hiddenSheet.ts';
export { LETTERS_IN_PLAY } from './disclosure/instructions.ts';
export { lettersOf, lettersOfAll, runsOf, textsIn } from './disclosure/letters.ts';
export { findRuns } from './disclosure/quotes.ts';
export type { Guidance } from './prompts/guidance.ts';
export { askActionVerdict, askReplyVerdict } from './requests.ts';
export { PLAYER_RULES, SIMULATOR_RULES } from './rules.ts';
export type { PlayerRule, SimulatorRule } from './rules.ts';
export type { Score } from './scoring/score.ts';
export { SCORE_TASKS, scorePlay } from './scoring/scorePlay.ts';
export type { PlayToScore, ScoreTask } from './scoring/scorePlay.ts';
export type { RuleVerdict, Verdict } from './verdict.ts';
