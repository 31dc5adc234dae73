import type { AuditEntryDto } from '@dcs/api';

/* What the page of the audit log says. */

/** Of every action that there is. */
export const ACTION_WORDS: Readonly<Record<string, string>> = {
  'session/watched': 'Looked at a session',
  'session/held': 'Paused a session',
  'session/released': 'Let a session go on',
  'session/announced': 'Wrote to a player',
  'session/ended': 'Ended a session',
  'experiment/paused': 'Paused an experiment',
  'experiment/resumed': 'Resumed an experiment',
  'experiment/revised': 'Put a configuration in force',
  'experiment/exported': 'Exported an experiment',
  'character/created': 'Created a character',
  'character/updated': 'Changed a character',
  'character/retired': 'Retired a character',
  'player/admin-created': 'Created an administrator',
  'player/key-rotated': 'Changed their access key',
  'player/names-read': 'Read the names of players',
  'player/keys-revoked': 'Revoked the keys of a player',
  'player/data-exported': 'Exported their own data',
  'player/erased': 'Had their own data erased',
};

/** Unknown actions are shown as they are. */
export const actionInWords = (action: string): string =>
  Object.hasOwn(ACTION_WORDS, action) ? (ACTION_WORDS[action] ?? action) : action;

/** Where what an entry is about is to be seen; `null` for what has no page. */
export function pageOf({ action, targetId }: Pick<AuditEntryDto, 'action' | 'targetId'>) {
  if (targetId === null) return null;
  const id = encodeURIComponent(targetId);
  switch (action.slice(0, action.indexOf('/'))) {
    case 'session':
      return `admin/sessions/${id}` as const;
    case 'experiment':
      return `admin/experiments/${id}` as const;
    case 'character':
      return `admin/characters/${id}` as const;
    default:
      return null;
  }
}

const DETAIL_NAMES: Readonly<Record<string, string>> = {
  length: 'characters',
  players: 'players',
  reason: 'reason',
  revision: 'revision',
  personal: 'with personal data',
};

/** Hashes are known by their beginning. */
const HASH = /^[0-9a-f]{64}$/;

/** `reason: the model is ill`; empty where there is nothing more to say. */
export function detailsInWords(details: AuditEntryDto['details']): string {
  return Object.entries(details)
    .map(([name, value]) => {
      const text = String(value);
      return `${DETAIL_NAMES[name] ?? name}: ${HASH.test(text) ? text.slice(0, 12) : text}`;
    })
    .join(', ');
}
