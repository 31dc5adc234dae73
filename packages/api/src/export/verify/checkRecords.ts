import type { ExperimentState } from '@dcs/engine';
import { canonicalJson } from '../../catalog/canonicalJson.ts';
import { writtenRow } from '../column.ts';
import type { Table, WrittenRow } from '../column.ts';
import type { Pseudonyms } from '../pseudonyms.ts';
import { ASSIGNMENTS_TABLE, assignmentRow } from '../tables/assignments.ts';
import { participantRow, participantsTable } from '../tables/participants.ts';
import type { Findings } from './findings.ts';

/** In an export, everybody has a pseudonym already. */
const AS_THEY_ARE: Pseudonyms = { of: (playerId) => playerId, within: (value) => value };

interface Comparison<Row> {
  readonly table: Table<Row>;
  /** By the values of the key. */
  readonly rows: ReadonlyMap<unknown, WrittenRow>;
  readonly expected: Iterable<readonly [key: string, row: Row]>;
}

/** Whether a table has exactly the rows that it should have, in the columns that `table` declares. */
export function compareRows<Row>({ table, rows, expected }: Comparison<Row>, findings: Findings): void {
  const left = new Set(rows.keys());
  for (const [key, row] of expected) {
    left.delete(key);
    const found = rows.get(key);
    const wanted = writtenRow(table, row);
    if (found === undefined)
      findings.add('log/row-missing', `${table.name} has no ${key}, which the log has.`);
    else compareCells(`${table.name} of ${key}`, { found, wanted }, findings);
  }
  for (const key of left) {
    findings.add('log/row-unknown', `${table.name} has ${String(key)}, of which the log knows nothing.`);
  }
}

export function compareCells(
  what: string,
  { found, wanted }: { readonly found: WrittenRow; readonly wanted: WrittenRow },
  findings: Findings,
): void {
  for (const [column, value] of Object.entries(wanted)) {
    const other = found[column] ?? null;
    if (canonicalJson(other) === canonicalJson(value)) continue;
    const message = `${what} says ${column} ${JSON.stringify(other)}; the log makes it ${JSON.stringify(value)}.`;
    findings.add('log/differs', message);
  }
}

/** Rows of the tables that are what the log of the experiment folds to, by their keys. */
export interface FoldedRows {
  readonly participants: ReadonlyMap<unknown, WrittenRow>;
  readonly assignments: ReadonlyMap<unknown, WrittenRow>;
}

export function checkFolded(state: ExperimentState, rows: FoldedRows, findings: Findings): void {
  compareRows(
    {
      table: participantsTable({ personal: false }),
      rows: rows.participants,
      expected: [...state.participants.values()].map(
        (known) => [known.participantId, participantRow(state, known, AS_THEY_ARE)] as const,
      ),
    },
    findings,
  );
  compareRows(
    {
      table: ASSIGNMENTS_TABLE,
      rows: rows.assignments,
      expected: [...state.assignments.values()].map(
        (assignment) => [assignment.assignmentId, assignmentRow(state, assignment, AS_THEY_ARE)] as const,
      ),
    },
    findings,
  );
}
