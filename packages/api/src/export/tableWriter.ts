import { writtenRow } from './column.ts';
import type { Table } from './column.ts';
import { csvHeader, csvRow } from './csv.ts';
import { createFileWriter } from './target.ts';
import type { ExportTarget, FileFigures } from './target.ts';

/** A table that is being written, row by row, into both of its files. */
export interface TableWriter<Row> {
  write(row: Row): Promise<void>;
  close(): Promise<WrittenTable>;
}

export interface WrittenTable {
  readonly name: string;
  readonly rows: number;
  readonly files: readonly FileFigures[];
}

export const csvFile = (table: string): string => `${table}.csv`;
export const jsonlFile = (table: string): string => `${table}.jsonl`;

export async function openTable<Row>(target: ExportTarget, table: Table<Row>): Promise<TableWriter<Row>> {
  const csv = await createFileWriter(target, csvFile(table.name));
  const jsonl = await createFileWriter(target, jsonlFile(table.name));
  await csv.write(csvHeader(table));
  let rows = 0;
  return {
    write: async (row) => {
      const written = writtenRow(table, row);
      await csv.write(csvRow(table, written));
      await jsonl.write(`${JSON.stringify(written)}\n`);
      rows += 1;
    },
    close: async () => ({ name: table.name, rows, files: [await csv.close(), await jsonl.close()] }),
  };
}

/** For a table whose rows are all at hand. */
export async function writeTable<Row>(
  target: ExportTarget,
  table: Table<Row>,
  rows: Iterable<Row>,
): Promise<WrittenTable> {
  const writer = await openTable(target, table);
  for (const row of rows) await writer.write(row);
  return writer.close();
}
