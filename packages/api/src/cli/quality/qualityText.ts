import type { CaseResult } from '../../quality/caseResult.ts';
import type { Accuracy, Figures } from '../../quality/figures.ts';
import type { ModelCallSum } from '../../store/ports.ts';
import { table } from '../table.ts';
import type { Row } from '../table.ts';

/* What `dcs quality` tells people. */

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
export function wrongLine(result: CaseResult): string {
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

/** What the calls took; `null` when no provider was called. */
export function usedLine(use: readonly ModelCallSum[]): string | null {
  if (use.length === 0) return null;
  const sum = (of: (one: ModelCallSum) => number): number => use.reduce((all, one) => all + of(one), 0);
  const unpriced = sum((one) => one.unpriced);
  const cost = `${sum((one) => one.costUsd).toFixed(4)} dollars${unpriced > 0 ? ' and what nobody knows' : ''}`;
  const tokens = `${sum((one) => one.inputTokens)} tokens read and ${sum((one) => one.outputTokens)} written`;
  return `${sum((one) => one.calls)} calls, ${tokens}, ${cost}.`;
}

/** The figures in tables, one for verdicts and one for scores, as far as there are any. */
export function figureLines(figures: Figures): readonly string[] {
  const verdicts = verdictRows(figures);
  const scores = scoreRows(figures);
  const between = verdicts.length > 0 && scores.length > 0 ? [''] : [];
  return [
    ...(verdicts.length > 0 ? table([VERDICT_HEAD, ...verdicts], 2) : []),
    ...between,
    ...(scores.length > 0 ? table([SCORE_HEAD, ...scores], 1) : []),
  ];
}
