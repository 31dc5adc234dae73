/** Something a person must mend; its message is all that is shown. */
export class Problem extends Error {
  /** @param {string} message what happened and what to do next */
  constructor(message, exitCode = 1) {
    super(message);
    this.name = 'Problem';
    this.exitCode = exitCode;
  }
}

let output = process.stdout;

/** Progress goes to stderr for programs whose stdout is data. */
export function showProgressOnStderr() {
  output = process.stderr;
}

export function say(text) {
  output.write(`${text}\n`);
}

export function seconds(sinceMs) {
  return `${((performance.now() - sinceMs) / 1000).toFixed(1)} s`;
}

/** Runs `work` behind one line of progress: its title at once, its duration when it has ended. */
export async function step(title, work) {
  const started = performance.now();
  output.write(`${title} ... `);
  try {
    const result = await work();
    output.write(`${seconds(started)}\n`);
    return result;
  } catch (error) {
    output.write('failed\n');
    throw error;
  }
}

/** Runs a command line to its end: a Problem becomes one message, anything else is a fault of ours. */
export async function main(work) {
  try {
    process.exitCode = await work();
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    process.stderr.write(`\n${error.message}\n`);
    process.exitCode = error.exitCode;
  }
}
