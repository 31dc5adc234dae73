import { describe, expect, it } from 'vitest';
import { createLogger } from './logger.ts';

function logged(err: unknown): Record<string, unknown> {
  const lines: string[] = [];
  createLogger('info', { write: (line) => void lines.push(line) }).error({ err }, 'It failed.');
  return JSON.parse(lines[0] ?? '{}').err;
}

describe('an error in the log', () => {
  it('says what it is, where it happened, and what lies beneath', () => {
    const cause = Object.assign(new TypeError('no address'), { code: 'ENOTFOUND' });
    expect(logged(new Error('The database is away.', { cause }))).toMatchObject({
      type: 'Error',
      message: 'The database is away.',
      stack: expect.stringContaining('logger.test.ts'),
      cause: { type: 'TypeError', message: 'no address', code: 'ENOTFOUND' },
    });
  });

  it('leaves out whatever it carries along, at any depth', () => {
    const secret = 'I whisper my name.';
    const carrying = (cause?: Error) =>
      Object.assign(new Error('failed', { cause }), {
        writeErrors: [{ op: { content: secret } }],
        requestBodyValues: { messages: [secret] },
        code: { secret },
      });
    expect(JSON.stringify(logged(carrying(carrying())))).not.toContain(secret);
    expect(JSON.stringify(logged({ content: secret }))).not.toContain(secret);
    expect(JSON.stringify(logged(secret))).not.toContain(secret);
  });

  it('ends however errors cause each other', () => {
    const first = new Error('first');
    first.cause = new Error('second', { cause: first });
    expect(JSON.stringify(logged(first)).length).toBeLessThan(20_000);
  });
});
