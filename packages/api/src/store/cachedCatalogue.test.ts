import { describe, expect, it } from 'vitest';
import { createCachedCatalogue } from './cachedCatalogue.ts';
import { sampleSheet, T0 } from './contract/samples.ts';
import { createMemoryStores } from './memory/stores.ts';
import type { CharacterCatalogue } from './ports.ts';

/** A catalogue in memory that counts what it is asked, and fails on demand. */
function countedCatalogue() {
  const { characters } = createMemoryStores();
  const asked = { find: 0, current: 0 };
  const faults: Error[] = [];
  const counted: CharacterCatalogue = {
    ...characters,
    find: (member) => {
      asked.find += 1;
      return characters.find(member);
    },
    current: async () => {
      asked.current += 1;
      const fault = faults.pop();
      if (fault !== undefined) throw fault;
      return characters.current();
    },
  };
  return { asked, faults, elsewhere: characters, cached: createCachedCatalogue(counted) };
}

const hidsOf = async (catalogue: CharacterCatalogue): Promise<readonly string[]> =>
  (await catalogue.current()).map(({ sheet }) => sheet.hid);

describe('a catalogue of characters that remembers', () => {
  it('asks once for a sheet that many sessions play', async () => {
    const { asked, cached } = countedCatalogue();
    const member = await cached.put(sampleSheet('OWL'), { revision: 'r1', at: T0 });
    const found = [await cached.find(member), await cached.find(member)];
    expect(found).toEqual([sampleSheet('OWL'), sampleSheet('OWL')]);
    expect(asked.find).toBe(1);
  });

  it('does not remember that a sheet was missing', async () => {
    const { cached, elsewhere } = countedCatalogue();
    const member = { hid: 'OWL', revision: 'r1' };
    expect(await cached.find(member)).toBeNull();
    await elsewhere.put(sampleSheet('OWL'), { revision: 'r1', at: T0 });
    expect(await cached.find(member)).toEqual(sampleSheet('OWL'));
  });

  it('asks once for the current characters when many sessions are created', async () => {
    const { asked, cached } = countedCatalogue();
    await cached.put(sampleSheet('OWL'), { revision: 'r1', at: T0 });
    expect(await Promise.all([hidsOf(cached), hidsOf(cached), hidsOf(cached)])).toEqual([
      ['OWL'],
      ['OWL'],
      ['OWL'],
    ]);
    expect(asked.current).toBe(1);
  });

  it('sees what is put and retired through it at once', async () => {
    const { cached } = countedCatalogue();
    expect(await hidsOf(cached)).toEqual([]);
    await cached.put(sampleSheet('OWL'), { revision: 'r1', at: T0 });
    expect(await hidsOf(cached)).toEqual(['OWL']);
    await cached.replace(sampleSheet('OWL', { goals: ['A vole'] }), {
      revision: 'r2',
      at: T0,
      expected: 'r1',
    });
    expect(await cached.current()).toMatchObject([{ revision: 'r2' }]);
    await cached.retire({ hid: 'OWL', revision: 'r2' }, T0);
    expect(await hidsOf(cached)).toEqual([]);
  });

  it('asks again after a failure', async () => {
    const { cached, faults } = countedCatalogue();
    faults.push(new Error('The database is away.'));
    await expect(cached.current()).rejects.toThrow('away');
    expect(await hidsOf(cached)).toEqual([]);
  });
});
