import { StoreUnavailable } from '../store/storeErrors.ts';
import { CliFailure } from './cliFailure.ts';
import { printable, printableJson, printableJsonLine } from './printable.ts';

/** Where a command writes: results to `out`, faults and remarks to `err`. Real streams and tests look the same. */
export interface CliIo {
  /** One line of result; control characters in it are not printed. */
  line(text: string): void;
  /** One value as JSON, the only thing a command with `--json` writes to `out`. */
  json(value: unknown): void;
  /** One of many values, each as JSON on a line of its own. */
  jsonLine(value: unknown): void;
  /** One line of remark or fault. */
  note(text: string): void;
}

export interface TextStreams {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
}

export function createIo({ out, err }: TextStreams): CliIo {
  return {
    line: (text) => out(`${printable(text)}\n`),
    json: (value) => out(`${printableJson(value)}\n`),
    jsonLine: (value) => out(`${printableJsonLine(value)}\n`),
    note: (text) => err(`${printable(text)}\n`),
  };
}

function unreachable({ message, cause }: StoreUnavailable): string {
  const detail = cause instanceof Error ? ` (${cause.message})` : '';
  return `${message}${detail}\nCheck that it runs, and that DATABASE_URL is right.`;
}

/**
 * What to say about anything that was thrown, in one or more lines. Faults with a reason explain themselves; anything
 * else is ours to mend, and its origin helps with that.
 */
export function describeFault(fault: unknown): string {
  if (fault instanceof StoreUnavailable) return unreachable(fault);
  if (fault instanceof CliFailure || (fault instanceof Error && 'reason' in fault)) return fault.message;
  const origin = fault instanceof Error ? (fault.stack ?? fault.message) : String(fault);
  return `Something failed that should not have. Please report it with these lines:\n${origin}`;
}
