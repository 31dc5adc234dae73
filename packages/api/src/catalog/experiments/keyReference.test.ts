import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { keyReference } from './keyReference.ts';

describe('The list of keys of an experiment', () => {
  it('stands in the documentation as the schema has them', async () => {
    // After a change of the schema, `vitest run -u` writes the file anew.
    const file = join(import.meta.dirname, '../../../../../docs/experiment-keys.md');
    await expect(keyReference()).toMatchFileSnapshot(file);
  });
});
