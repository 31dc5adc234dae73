import { describe, expect, it } from 'vitest';
import { checkAccessKey } from '../../security/index.ts';
import { createTestWorld } from '../testWorld.ts';

describe('dcs admin keygen', () => {
  it('prints a well-formed key and nothing else, another one each time', async () => {
    const { run } = createTestWorld();
    const [one, two] = [await run('admin', 'keygen'), await run('admin', 'keygen')];
    for (const { exitCode, out, err } of [one, two]) {
      expect({ exitCode, err }).toEqual({ exitCode: 0, err: '' });
      expect(checkAccessKey(out.replace(/\n$/, ''))).toEqual({ ok: true });
    }
    expect(one.out).not.toBe(two.out);
  });

  it('prints it as JSON', async () => {
    const { out } = await createTestWorld().run('admin', 'keygen', '--json');
    expect(checkAccessKey(JSON.parse(out).accessKey)).toEqual({ ok: true });
  });

  it('keeps it nowhere', async () => {
    const world = createTestWorld();
    await world.run('admin', 'keygen');
    expect(await world.stores.audit.list({ limit: 1 })).toEqual([]);
  });
});
