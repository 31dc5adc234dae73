import type { ModelRequest } from '@dcs/engine';
import { createHash } from 'node:crypto';

/**
 * Names a question by all that a model reads of it: SHA-256 in hexadecimal. Session and seed are left out: no model behind a
 * provider is told them, and a tape can serve another session as well.
 */
export function questionKey({ role, task, promptVersion, prompt, subject }: ModelRequest): string {
  const messages = prompt.messages.map((message) => [message.role, message.content]);
  return createHash('sha256')
    .update(JSON.stringify([role, task, promptVersion, prompt.system, messages, subject]))
    .digest('hex');
}
