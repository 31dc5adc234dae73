import { MODEL_ROLES } from '@dcs/engine';
import { isRight } from '../../quality/caseResult.ts';
import type { CaseResult } from '../../quality/caseResult.ts';
import { examine } from '../../quality/examine.ts';
import { figuresOf } from '../../quality/figures.ts';
import type { Accuracy, Figures } from '../../quality/figures.ts';
import type { CaseKind, LabelledCase } from '../../quality/labelledCase.ts';
import { loadCases } from '../../quality/loadCases.ts';
import type { ModelCallSum } from '../../store/ports.ts';
import type { AskModelsPorts } from '../askModels.ts';
import { CliFailure, EXIT } from '../cliFailure.ts';
import type { ExitCode } from '../cliFailure.ts';
import type { CliIo } from '../io.ts';
import { table } from '../table.ts';
import type { Row } from '../table.ts';

export interface QualityOptions {
  /** With files of labelled cases and `characters.json`. */
  readonly folder: string;
  /** Left out, all kinds. */
  readonly only?: CaseKind;
  /** Questions at once. */
  readonly atOnce: number;
  /** Per cent that every line has to reach; left out, none has to. */
  readonly atLeast?: number;
  /** Whether to tell the answers that were not right. */
  readonly wrong?: boolean;
  readonly json?: boolean;
}

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;

const accuracyCells = ({ right, share, interval }: Accuracy): Row => [
  String(right),
  percent(share),
  `${(interval.low * 100).toFixed(1)} to ${percent(interval.high)}`,
];

const VERDICT_HEAD: Row = [
  'of',
  'rule',
  'asked',
  'right',
  'accuracy',
  '95 % interval',
  'wrongly passed',
  'wrongly rejected',
  'no answer',
];

function verdictRows({ verdicts, wholes }: Figures): readonly Row[] {
  const named = [
    ...verdicts.map((figures) => ({ ...figures, name: figures.rule ?? 'all rules' })),
    ...wholes.map((figures) => ({ ...figures, name: 'as a whole' })),
  ];
  // Actions first, each kind with its rules before its wholes.
  return named
    .toSorted((a, b) => a.of.localeCompare(b.of, 'en'))
    .map((figures) => [
      figures.of,
      figures.name,
      String(figures.asked),
      ...accuracyCells(figures),
      String(figures.falseAccepts),
      String(figures.falseRejects),
      String(figures.unanswered),
    ]);
}

const SCORE_HEAD: Row = [
  'scorer',
  'asked',
  'tier right',
  'accuracy',
  '95 % interval',
  'score right',
  'accuracy',
  '95 % interval',
  'mean error',
  'no answer',
];

const scoreRows = ({ scores }: Figures): readonly Row[] =>
  scores.map(({ task, tier, score, meanDistance, unanswered }) => [
    task ?? 'all scorers',
    String(tier.asked),
    ...accuracyCells(tier),
    ...accuracyCells(score),
    meanDistance === null ? '' : meanDistance.toFixed(1),
    String(unanswered),
  ]);

/** One line for an answer that was not right, with what its author said. */
function wrongLine(result: CaseResult): string {
  const place = `${result.file} ${result.caseId}`;
  if (result.failure !== null) return `${place}: no answer (${result.failure})`;
  if (result.kind === 'score') {
    const { task, tier, score, expected, reasoning } = result;
    return `${place}: ${task} is tier ${tier}, score ${score}; it should be tier ${expected.tier}, score ${expected.score}. ${reasoning}`;
  }
  const should = result.isKept ? 'keeps' : 'breaks';
  const said = result.passes === true ? 'passed' : `rejected: ${result.reason ?? ''}`;
  return `${place}: ${should} ${result.of}/${result.rule}, but was ${said}`;
}

const linesOf = ({ verdicts, wholes, scores }: Figures): readonly Accuracy[] => [
  ...verdicts,
  ...wholes,
  ...scores.flatMap(({ tier, score }) => [tier, score]),
];

/** Tells ten times how far it is; nothing of it is a result. */
function progressTo(io: CliIo): (answered: number, questions: number) => void {
  let told = 0;
  return (answered, questions) => {
    const tenths = Math.floor((answered * 10) / questions);
    if (tenths === told) return;
    told = tenths;
    io.note(`${answered} of ${questions} answered.`);
  };
}

function usedLine(use: readonly ModelCallSum[]): string | null {
  if (use.length === 0) return null;
  const sum = (of: (one: ModelCallSum) => number): number => use.reduce((all, one) => all + of(one), 0);
  const unpriced = sum((one) => one.unpriced);
  const cost = `${sum((one) => one.costUsd).toFixed(4)} dollars${unpriced > 0 ? ' and what nobody knows' : ''}`;
  const tokens = `${sum((one) => one.inputTokens)} tokens read and ${sum((one) => one.outputTokens)} written`;
  return `${sum((one) => one.calls)} calls, ${tokens}, ${cost}.`;
}

function printTables(io: CliIo, figures: Figures): void {
  const verdicts = verdictRows(figures);
  const scores = scoreRows(figures);
  if (verdicts.length > 0) for (const line of table([VERDICT_HEAD, ...verdicts], 2)) io.line(line);
  if (verdicts.length > 0 && scores.length > 0) io.line('');
  if (scores.length > 0) for (const line of table([SCORE_HEAD, ...scores], 1)) io.line(line);
}

async function casesFor({ folder, only }: QualityOptions): Promise<readonly LabelledCase[]> {
  const cases = await loadCases(folder);
  const wanted = only === undefined ? cases : cases.filter(({ kind }) => kind === only);
  if (wanted.length > 0) return wanted;
  throw new CliFailure(`No case in ${folder} is of the kind ${only}.`);
}

/**
 * `dcs quality <folder>`: asks the judges and scorers of the models in force about labelled cases, in the words of play, and
 * says how often they are right. Changes nothing.
 */
export async function quality(io: CliIo, options: QualityOptions, ports: AskModelsPorts): Promise<ExitCode> {
  const { atOnce, atLeast, json = false, wrong: tellsWrong = false } = options;
  const cases = await casesFor(options);
  await using models = await ports.askModels();
  const results = await examine(cases, models.model, { atOnce, onProgress: progressTo(io) });
  const use = await models.finish();
  const figures = figuresOf(results);
  const wrong = results.filter((result) => !isRight(result));
  const isReached = linesOf(figures).every(({ share }) => atLeast === undefined || share * 100 >= atLeast);
  const isAnswered = results.some(({ model }) => model !== null) || results.every(isRight);
  const ok = isReached && isAnswered;
  if (json) {
    const told = tellsWrong ? { wrong } : {};
    io.json({ ok, models: models.chains, atLeast: atLeast ?? null, ...figures, ...told, use });
    return ok ? EXIT.ok : EXIT.failed;
  }
  const roles = MODEL_ROLES.filter((role) => /judge|scorer/i.test(role));
  for (const line of table(
    roles.map((role) => [role, models.chains[role].join(', then ')]),
    2,
  )) {
    io.line(line);
  }
  io.line('');
  printTables(io, figures);
  if (tellsWrong && wrong.length > 0) {
    io.line('');
    for (const result of wrong) io.line(wrongLine(result));
  }
  const used = usedLine(use);
  if (used !== null) io.note(used);
  if (!isAnswered) io.note('No question was answered: see what the models say, and check their settings.');
  else if (!isReached) io.note(`Not every line reaches ${atLeast} %.`);
  return ok ? EXIT.ok : EXIT.failed;
}
