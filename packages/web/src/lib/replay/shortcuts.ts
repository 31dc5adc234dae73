/** What a key does in a replay. */
export type Action =
  | 'toggle'
  | 'previous'
  | 'next'
  | 'previousTurn'
  | 'nextTurn'
  | 'first'
  | 'last'
  | 'slower'
  | 'faster'
  | 'help';

interface Shortcut {
  readonly action: Action;
  readonly words: string;
  /** As they stand on the keys. */
  readonly keys: readonly string[];
}

/** In the order in which they are shown. */
export const SHORTCUTS: readonly Shortcut[] = [
  { action: 'toggle', words: 'Play or pause', keys: ['Space'] },
  { action: 'next', words: 'Next step', keys: ['→'] },
  { action: 'previous', words: 'Previous step', keys: ['←'] },
  { action: 'nextTurn', words: 'Next turn', keys: ['Shift', '→'] },
  { action: 'previousTurn', words: 'Previous turn', keys: ['Shift', '←'] },
  { action: 'first', words: 'First step', keys: ['Home'] },
  { action: 'last', words: 'Last step', keys: ['End'] },
  { action: 'faster', words: 'Faster', keys: ['+'] },
  { action: 'slower', words: 'Slower', keys: ['-'] },
  { action: 'help', words: 'These keys', keys: ['?'] },
];

const ACTIONS: Readonly<Record<string, Action>> = {
  ' ': 'toggle',
  ArrowLeft: 'previous',
  ArrowRight: 'next',
  'Shift+ArrowLeft': 'previousTurn',
  'Shift+ArrowRight': 'nextTurn',
  Home: 'first',
  End: 'last',
  '+': 'faster',
  '=': 'faster',
  '-': 'slower',
  '?': 'help',
};

/** Where the focus is when a key is pressed, as far as that decides whose key it is. */
export type Focus = 'page' | 'control' | 'scrubber' | 'field';

export interface PressedKey {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
}

/** What a key means here. `null` when it belongs to the browser or to what has the focus. */
export function actionFor(pressed: PressedKey, focus: Focus): Action | null {
  if (pressed.altKey || pressed.ctrlKey || pressed.metaKey || focus === 'field') return null;
  const isArrow = pressed.key.startsWith('Arrow');
  // A space presses the button that has the focus.
  if (focus === 'control' && pressed.key === ' ') return null;
  // A scrubber moves by itself; only turns are ours to add.
  if (focus === 'scrubber' && !pressed.shiftKey && (isArrow || ['Home', 'End'].includes(pressed.key)))
    return null;
  return ACTIONS[pressed.shiftKey && isArrow ? `Shift+${pressed.key}` : pressed.key] ?? null;
}

/** Keys within these are theirs. */
const FIELDS =
  'input:not([type="range"]), textarea, select, dialog, [role="tab"], [popover], [contenteditable="true"]';

export function focusOf(target: EventTarget | null): Focus {
  if (!(target instanceof Element)) return 'page';
  if (target.closest(FIELDS) !== null) return 'field';
  if (target.closest('input[type="range"]') !== null) return 'scrubber';
  return target.closest('button, a, summary') === null ? 'page' : 'control';
}
