import { createHash } from 'node:crypto';

/** The id of an audit entry about one thing, so that it is entered once, however often and at however many servers. */
export const auditIdOf = (...parts: readonly (string | number)[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('hex');
