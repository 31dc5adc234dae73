import type { ModelRequest } from '@dcs/engine';
import { hashOfTexts, textsOf } from '../promptHash.ts';

/**
 * Names a question by all that a model reads of it. Session and seed are left out: no model behind a provider is told them,
 * and a tape can serve another session as well.
 */
export const questionKey = ({ role, task, promptVersion, prompt, subject }: ModelRequest): string =>
  hashOfTexts([
    role,
    task,
    promptVersion,
    ...(subject === null ? [] : ['about', subject]),
    ...textsOf(prompt),
  ]);
