import type { Phase } from '#lib/play/playState.ts';

/** What is happening, as it is. */
export function phaseInWords(phase: Phase, hasScene: boolean): string {
  switch (phase) {
    case 'idle':
      return '';
    case 'started':
      return hasScene ? 'Sent' : 'Setting the scene';
    case 'checking':
      return 'Checking the action';
    case 'reviewing':
      return 'Checking the reply';
    case 'writing':
      return hasScene ? 'Writing the reply' : 'Setting the scene';
    default: {
      const unreachable: never = phase;
      return unreachable;
    }
  }
}
