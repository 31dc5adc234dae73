import { describe, expect, it } from 'vitest';
import { isCompletion, normaliseTermination } from './termination.ts';

describe('a termination reason', () => {
  it.each([
    ['received close request', 'user_close_button'],
    ['User Close Button', 'user_close_button'],
    ['received exit command', 'user_exit_command'],
    ['player finished', 'game_completed'],
    ['game complete', 'game_completed'],
    ['session ttl expired', 'session_ttl_expired'],
    ['TTL', 'session_ttl_expired'],
    ['websocket disconnect', 'websocket_disconnect'],
    ['retry budget exhausted', 'validation_retry_exhausted'],
    ['internal server error', 'server_error'],
    ['stopping condition met: turns >=50', 'stopping_condition_met:_turns_>=50'],
    ['constructor', 'constructor'],
  ])('%j is normally %j', (text, normal) => {
    expect(normaliseTermination(text)).toBe(normal);
  });

  it.each([
    ['player finished', true],
    ['stopping condition met: turns >=50', true],
    ['user close button', false],
    ['retry budget exhausted', false],
    ['session ttl expired', false],
    ['server error', false],
  ])('%j counts as completion: %s', (text, completed) => {
    expect(isCompletion(text)).toBe(completed);
  });
});
