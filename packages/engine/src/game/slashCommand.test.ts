import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nearestCommand, parseSlashCommand } from './slashCommand.ts';

const COMMANDS = [
  { name: 'help', description: '' },
  { name: 'abilities', description: '' },
  { name: 'finish', description: '' },
];

describe('parseSlashCommand', () => {
  it.each([
    ['/help', { name: 'help', rest: '' }],
    ['  /HeLp  ', { name: 'help', rest: '' }],
    ['/finish now, please', { name: 'finish', rest: 'now, please' }],
    ['/help\nme', { name: 'help', rest: 'me' }],
    ['/help.', { name: 'help', rest: '' }],
    ['/predict-intent', { name: 'predict-intent', rest: '' }],
    ['/aide', { name: 'aide', rest: '' }],
    ['/помощь', { name: 'помощь', rest: '' }],
    ['/', { name: '', rest: '' }],
  ])('reads %j as a command', (text, command) => {
    expect(parseSlashCommand(text)).toEqual(command);
  });

  it.each([
    'help',
    'I say /help',
    '//',
    '// shrugs',
    '/ help',
    '/etc/hosts',
    '/1',
    '/help/me',
    '',
    ' ',
    '/<b>',
  ])('takes %j for ordinary text', (text) => {
    expect(parseSlashCommand(text)).toBeNull();
  });

  it('never throws and yields lower-case names only', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const command = parseSlashCommand(`/${text}`);
        expect(command === null || command.name === command.name.toLowerCase()).toBe(true);
      }),
    );
  });
});

describe('nearestCommand', () => {
  it.each([
    ['hepl', 'help'],
    ['halp', 'help'],
    ['fin', 'finish'],
    ['finsh', 'finish'],
    ['ability', null],
    ['abilites', 'abilities'],
    ['', null],
    ['teleport', null],
    ['x'.repeat(10_000), null],
  ])('guesses that %j means %j', (typed, meant) => {
    expect(nearestCommand(typed, COMMANDS)).toBe(meant);
  });
});
