import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { rowSchema } from '../column.ts';
import type { TableFacts, WrittenRow } from '../column.ts';
import type { Findings } from './findings.ts';

/** A row, or `null` where the line says none. */
function parseLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

/** The rows of a JSONL file as their table declares them; what is not such a row is a finding. */
export async function* readRows(
  file: string,
  table: TableFacts,
  findings: Findings,
): AsyncGenerator<WrittenRow> {
  const schema = rowSchema(table);
  let number = 0;
  for await (const line of createInterface({ input: createReadStream(file), crlfDelay: Infinity })) {
    number += 1;
    const parsed = schema.safeParse(parseLine(line));
    if (parsed.success) yield parsed.data;
    else {
      const why = z.prettifyError(parsed.error).replaceAll('\n', ' ');
      findings.add('table/unreadable', `Line ${number} of ${table.name} is no row of it: ${why}`);
    }
  }
}
