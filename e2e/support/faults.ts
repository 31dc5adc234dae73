import type { BrowserContext } from '@playwright/test';

/** What went wrong in the pages of a browser without anybody being told. */
export interface Faults {
  /** Faults that belong to what is tested, such as a connection that the test itself cuts. */
  expect(pattern: RegExp): void;
  /** The others. */
  found(): readonly string[];
}

/** Collects script errors, refused content (CSP), error and warning lines of the console, and dialogs. */
export function watchFaults(context: BrowserContext): Faults {
  const faults: string[] = [];
  const expected: RegExp[] = [];
  context.on('weberror', (error) =>
    faults.push(`script error: ${error.error().stack ?? error.error().message}`),
  );
  context.on('console', (message) => {
    const type = message.type();
    if (type === 'error' || type === 'warning') {
      faults.push(`console ${type}: ${message.text()} (${message.location().url})`);
    }
  });
  context.on('dialog', (dialog) => {
    faults.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  return {
    expect: (pattern) => void expected.push(pattern),
    found: () => faults.filter((fault) => !expected.some((pattern) => pattern.test(fault))),
  };
}

/** What the console says of connections that are broken on purpose. */
export const BROKEN_CONNECTION = /WebSocket connection to .* failed|net::ERR_|Failed to load resource/;
