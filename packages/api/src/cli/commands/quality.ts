import type { ModelRole } from '@dcs/engine';
import { isRight } from '../../quality/caseResult.ts';
import type { CaseResult } from '../../quality/caseResult.ts';
import { examine } from '../../quality/examine.ts';
import { figuresOf } from '../../quality/figures.ts';
import type { Accuracy, Figures } from '../../quality/figures.ts';
import type { CaseKind, LabelledCase } from '../../quality/labelledCase.ts';
import { loadCases } from '../../quality/loadCases.ts';
import type { AskedModels, AskModelsPorts } from '../askModels.ts';
import { CliFailure, EXIT } from '../cliFailure.ts';
import type { ExitCode } from '../cliFailure.ts';
import type { CliIo } from '../io.ts';
import { figureLines, usedLine, wrongLine } from '../quality/qualityText.ts';
import { table } from '../table.ts';

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

async function casesFor({ folder, only }: QualityOptions): Promise<readonly LabelledCase[]> {
  const cases = await loadCases(folder);
  const wanted = only === undefined ? cases : cases.filter(({ kind }) => kind === only);
  if (wanted.length > 0) return wanted;
  throw new CliFailure(`No case in ${folder} is of the kind ${only}.`);
}

/** What came of it all. */
interface Outcome {
  readonly figures: Figures;
  /** The answers that were not right. */
  readonly wrong: readonly CaseResult[];
  /** Whether anybody answered who had to be asked. */
  readonly isAnswered: boolean;
  /** Whether every line is as high as was wanted. */
  readonly isReached: boolean;
}

function outcomeOf(results: readonly CaseResult[], atLeast: number | undefined): Outcome {
  const figures = figuresOf(results);
  return {
    figures,
    wrong: results.filter((result) => !isRight(result)),
    isAnswered: results.some(({ model }) => model !== null) || results.every(isRight),
    isReached: linesOf(figures).every(({ share }) => atLeast === undefined || share * 100 >= atLeast),
  };
}

/** The roles that are asked here. */
const ROLES = ['playerJudge', 'simulatorJudge', 'scorer'] as const satisfies readonly ModelRole[];

function tell(io: CliIo, outcome: Outcome, { chains }: Pick<AskedModels, 'chains'>): void {
  const models = ROLES.map((role) => [role, chains[role].join(', then ')]);
  for (const line of table(models, 2)) io.line(line);
  io.line('');
  for (const line of figureLines(outcome.figures)) io.line(line);
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
  const outcome = outcomeOf(results, atLeast);
  const { figures, wrong, isAnswered, isReached } = outcome;
  const ok = isReached && isAnswered;
  if (json) {
    const told = tellsWrong ? { wrong } : {};
    io.json({ ok, models: models.chains, atLeast: atLeast ?? null, ...figures, ...told, use });
    return ok ? EXIT.ok : EXIT.failed;
  }
  tell(io, outcome, models);
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
