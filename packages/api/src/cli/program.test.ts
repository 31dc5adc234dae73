import { describe, expect, it } from 'vitest';
import { createTestWorld } from './testWorld.ts';

const COMMANDS = [
  '',
  'server',
  'check',
  'replay',
  'export',
  'verify',
  'models',
  'quality',
  'attack',
  'experiments',
  'experiments list',
  'experiments preflight',
  'admin',
  'admin keygen',
  'admin seed',
  'admin create-admin',
];

const words = (command: string): string[] => command.split(' ').filter((word) => word !== '');

describe('dcs', () => {
  it.each(COMMANDS)('explains "%s" with examples, on 80 columns, as a result', async (command) => {
    const { exitCode, out, err } = await createTestWorld().run(...words(command), '--help');
    expect({ exitCode, err }).toEqual({ exitCode: 0, err: '' });
    expect(out).toContain(`Usage: dcs ${command}`.trimEnd());
    expect(out).toContain('Examples:\n  $ dcs ');
    expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(81);
  });

  it.each(['', 'admin', 'experiments'])(
    'takes "dcs %s" without a command for a question, answered on stderr',
    async (command) => {
      const { exitCode, out, err } = await createTestWorld().run(...words(command));
      expect({ exitCode, out }).toEqual({ exitCode: 2, out: '' });
      expect(err).toContain('Commands:');
    },
  );

  it.each([
    ['chekc', 'Did you mean check?'],
    ['admin sed', 'Did you mean seed?'],
    ['check --jsn', 'Did you mean --json?'],
    ['check extra', 'too many arguments'],
    ['admin seed', "missing required argument 'dir'"],
    ['quality', "missing required argument 'dir'"],
    ['attack --target everyone', 'Allowed choices are'],
    ['attack --sample 0', 'a number of attacks'],
    ['attack --at-once 65', 'a number of sessions'],
    ['experiments preflight', "missing required argument 'name'"],
    ['experiments preflight demo --participants 0', 'a number of participants'],
    ['experiments preflight demo --dollars-per-call -1', 'a number of dollars'],
    ['admin create-admin --name', 'argument missing'],
    ['server --port', 'argument missing'],
    ['server --port http', 'from 0 to 65535'],
    ['server --port 65536', 'from 0 to 65535'],
    ['server --port -1', 'from 0 to 65535'],
    ['server --port 80.5', 'from 0 to 65535'],
    ['server --port 0x50', 'from 0 to 65535'],
    ['server --host=', 'must be an address'],
    ['replay', "missing required argument 'sessionId'"],
    ['replay x --after=-1', 'the number of an event'],
    ['replay x --until last', 'the number of an event'],
    ['replay x --verify --until 3', 'cannot be used with'],
    ['replay x --record a.json --json', 'cannot be used with'],
    ['server --in-memory --data-dir x', 'cannot be used with'],
  ])('refuses "dcs %s" as used wrongly', async (command, words_) => {
    const { exitCode, out, err } = await createTestWorld().run(...words(command));
    expect({ exitCode, out }).toEqual({ exitCode: 2, out: '' });
    expect(err).toContain(words_);
    expect(err.trimEnd().split('\n')).toHaveLength(2);
  });

  it('prints no control characters of what it was called with', async () => {
    const { exitCode, err } = await createTestWorld().run('\u001B[2Jcheck\u0007');
    expect(exitCode).toBe(2);
    expect(err.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
  });

  it('prints its version', async () => {
    const { exitCode, out } = await createTestWorld().run('--version');
    expect({ exitCode, out }).toEqual({ exitCode: 0, out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) });
  });

  it('shows where an unexpected fault came from, and exits with 1', async () => {
    const world = createTestWorld({ openData: () => Promise.reject(new TypeError('cannot read x')) });
    const { exitCode, out, err } = await world.run('admin', 'create-admin');
    expect({ exitCode, out }).toEqual({ exitCode: 1, out: '' });
    expect(err).toContain('TypeError: cannot read x');
    expect(err).toContain('program.test.ts');
  });
});
