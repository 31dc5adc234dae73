import { isAsked } from '@dcs/engine';
import type { AskedQuestion, Question } from '@dcs/engine';
import type { BookedEdition, Codebook } from './codebook.ts';
import type { ColumnFacts, TableFacts } from './column.ts';
import { csvFile, jsonlFile } from './tableWriter.ts';

/* The codebook for people, in Markdown; codebook.json says the same to programs. */

/** Text for one cell of a table: prompts are Markdown and may have lines and bars of their own. */
const cell = (text: string): string =>
  text
    .replaceAll('\\', '\\\\')
    .replaceAll('|', '\\|')
    .replaceAll(/\s*\n\s*/g, ' ');

const row = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`;

const table = (header: readonly string[], rows: readonly (readonly string[])[]): string =>
  [row(header), row(header.map(() => '---')), ...rows.map(row)].join('\n');

function remarks({ optional, freeText, personal, values, refersTo }: ColumnFacts): string {
  return [
    optional === true ? 'may be empty' : '',
    freeText === true ? 'free text' : '',
    personal === true ? 'personal' : '',
    values === undefined ? '' : `one of: ${values.join(', ')}`,
    refersTo === undefined ? '' : `see ${refersTo}`,
  ]
    .filter((remark) => remark !== '')
    .join('; ');
}

function tableText({ name, about, key, columns }: TableFacts): string {
  const rows = columns.map((column) => [column.name, column.type, column.about, remarks(column)]);
  return [
    `### ${name}`,
    about,
    `Files: \`${csvFile(name)}\`, \`${jsonlFile(name)}\`. Key: ${key.join(', ')}.`,
    table(['column', 'type', 'meaning', 'remarks'], rows),
  ].join('\n\n');
}

function limitsOf(question: AskedQuestion): readonly string[] {
  switch (question.type) {
    case 'string':
      return [
        `${question.minLength} to ${question.maxLength} characters`,
        question.format === null ? '' : `as a ${question.format}`,
      ];
    case 'number':
      return [
        question.integer ? 'a whole number' : '',
        question.min === null ? '' : `at least ${question.min}`,
        question.max === null ? '' : `at most ${question.max}`,
        question.labels === null ? '' : `from "${question.labels[0]}" to "${question.labels[1]}"`,
      ];
    case 'bool':
      return [question.mustBe === null ? '' : `has to be ${String(question.mustBe)}`];
    case 'single-choice':
      return [`one of: ${question.options.join(', ')}`];
    case 'multi-choice':
      return [`${question.minChoices} to ${question.maxChoices} of: ${question.options.join(', ')}`];
    case 'email':
    case 'phone':
      return [];
    default: {
      const unreachable: never = question;
      return unreachable;
    }
  }
}

function questionRemarks(question: Question): string {
  if (!isAsked(question)) return 'a text to read';
  const { required, personal } = question;
  return [required ? 'required' : '', personal ? 'personal' : '', ...limitsOf(question)]
    .filter((remark) => remark !== '')
    .join('; ');
}

function editionText(edition: BookedEdition): string {
  const { version, title, trigger, revisions, questions } = edition;
  const { event, turns, games } = trigger;
  const when = [event, turns === null ? '' : `after ${turns} turns`, games === null ? '' : games.join(', ')];
  const rows = questions.map((question) => [
    question.column ?? '',
    question.type ?? '',
    question.prompt,
    questionRemarks(question),
  ]);
  return [
    `**${cell(title)}**, version ${version}, asked ${when.filter((part) => part !== '').join(', ')}; in the ` +
      `revisions ${revisions.map((revision) => revision.slice(0, 12)).join(', ')}.`,
    table(['column', 'type', 'prompt', 'remarks'], rows),
  ].join('\n\n');
}

export function codebookText({ experiment, conventions, tables, forms }: Codebook): string {
  return `${[
    `# Codebook of ${experiment}`,
    conventions.map((line) => `- ${line}`).join('\n'),
    '## Tables',
    ...tables.map(tableText),
    '## Forms',
    ...(forms.length === 0 ? ['This experiment asks no forms.'] : []),
    ...forms.flatMap(({ name, editions }) => [`### ${name}`, ...editions.map(editionText)]),
  ].join('\n\n')}\n`;
}
