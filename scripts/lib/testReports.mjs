import { readFileSync } from 'node:fs';
import path from 'node:path';
import { inRoot } from './paths.mjs';

/** What a runner has written as JSON; nothing when it ended before it could write. */
export function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return {};
  }
}

/**
 * How many unit tests passed and failed, and what failed, a line each: a long log may be kept only in part, and its
 * end is what is kept.
 */
export function unitResults({ testResults = [], numPassedTests = 0, numFailedTests = 0 }) {
  // A file that cannot even be loaded has no tests to count, and is a failure all the same.
  const broken = testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0);
  const failures = testResults.flatMap((file) => {
    const name = path.relative(inRoot(), file.name);
    if (broken.includes(file)) return [`${name}: ${firstLine(file.message)}`];
    const failed = file.assertionResults.filter((test) => test.status === 'failed');
    return failed.map((test) => `${name} > ${test.fullName}: ${firstLine(test.failureMessages[0])}`);
  });
  return { passed: numPassedTests, failed: numFailedTests + broken.length, failures };
}

/** The same of the browser tests. */
export function flowResults({ stats, errors = [], suites = [] }) {
  const failures = [
    ...suites.flatMap(failedSpecs),
    ...errors.map((error) => `browser tests: ${firstLine(error.message)}`),
  ];
  const passed = (stats?.expected ?? 0) + (stats?.flaky ?? 0);
  return { passed, failed: stats ? stats.unexpected + errors.length : 0, failures };
}

function failedSpecs({ specs = [], suites = [] }) {
  const failed = specs.filter((spec) => !spec.ok);
  return [...failed.map((spec) => `e2e/${spec.file} > ${spec.title}`), ...suites.flatMap(failedSpecs)];
}

function firstLine(message = '') {
  return message.trim().split('\n', 1)[0];
}
