/** Something about an export that is not as it was written, or does not fit together. */
export interface ExportFinding {
  /** Stable; scripts branch on it. */
  readonly reason: `${'manifest' | 'file' | 'table' | 'codebook' | 'log' | 'session'}/${string}`;
  readonly message: string;
}

export interface Findings {
  readonly found: readonly ExportFinding[];
  /** How many there are, those included that are not kept. */
  readonly count: number;
  add(reason: ExportFinding['reason'], message: string): void;
}

/** What a fault says, for whoever reads a finding. */
export const whyNot = (fault: unknown): string => (fault instanceof Error ? fault.message : String(fault));

/** Damage comes in runs: nobody reads the hundredth line about it. */
const MOST_FINDINGS = 100;

export function createFindings(): Findings {
  const found: ExportFinding[] = [];
  let count = 0;
  return {
    found,
    get count() {
      return count;
    },
    add: (reason, message) => {
      count += 1;
      if (found.length < MOST_FINDINGS) found.push({ reason, message });
    },
  };
}
