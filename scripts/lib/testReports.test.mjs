import { describe, expect, it } from 'vitest';
import { inRoot } from './paths.mjs';
import { flowResults, readReport, unitResults } from './testReports.mjs';

describe('the report of a test run', () => {
  it('names every unit test that failed and why, and counts a file that cannot be loaded as one', () => {
    const report = {
      numPassedTests: 1,
      numFailedTests: 1,
      testResults: [
        {
          name: inRoot('packages', 'one.test.ts'),
          status: 'failed',
          assertionResults: [
            { status: 'passed', fullName: 'a sum adds' },
            {
              status: 'failed',
              fullName: 'a sum is exact',
              failureMessages: ['Error: expected 3 to be 4\n  at one.test.ts:1'],
            },
          ],
        },
        {
          name: inRoot('packages', 'two.test.ts'),
          status: 'failed',
          assertionResults: [],
          message: 'No such module\n  at two.test.ts:1',
        },
      ],
    };
    expect(unitResults(report)).toEqual({
      passed: 1,
      failed: 2,
      failures: [
        'packages/one.test.ts > a sum is exact: Error: expected 3 to be 4',
        'packages/two.test.ts: No such module',
      ],
    });
  });

  it('names every browser test that failed, however deep it stands, and every error outside of them', () => {
    const report = {
      stats: { expected: 2, flaky: 0, unexpected: 1 },
      errors: [{ message: 'The server did not start\n  at support.ts:1' }],
      suites: [
        {
          specs: [{ ok: true, title: 'a page opens', file: 'one.e2e.ts' }],
          suites: [{ specs: [{ ok: false, title: 'a page closes', file: 'one.e2e.ts' }] }],
        },
      ],
    };
    expect(flowResults(report)).toEqual({
      passed: 2,
      failed: 2,
      failures: ['e2e/one.e2e.ts > a page closes', 'browser tests: The server did not start'],
    });
  });

  it('is empty when the runner ended before it could write one', () => {
    const nothing = readReport(inRoot('no', 'such', 'report.json'));
    expect(unitResults(nothing)).toEqual({ passed: 0, failed: 0, failures: [] });
    expect(flowResults(nothing)).toEqual({ passed: 0, failed: 0, failures: [] });
  });
});
