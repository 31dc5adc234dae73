import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createMemoryStores } from '../store/memory/stores.ts';
import { createPersonalData } from './personalData.ts';
import { splitRegistration } from './registration.ts';
import { createSealer } from './sealer.ts';

const ANSWERS = {
  fullName: 'Ann Ördög שלום',
  email: 'ann@example.org',
  phoneNumber: '+49 30 1234567',
  consentToFollowup: true,
  consentSignature: 'Ann',
};

describe('a registration', () => {
  it('leaves in the record of the player only what does not say who it is', () => {
    const { fields, personal } = splitRegistration(ANSWERS);
    expect(fields).toEqual([
      { name: 'fullName', personal: true },
      { name: 'email', personal: true },
      { name: 'phoneNumber', personal: true },
      { name: 'consentToFollowup', personal: false, answer: true },
      { name: 'consentSignature', personal: true },
    ]);
    const { consentToFollowup: _open, ...rest } = ANSWERS;
    expect(personal).toEqual(rest);
  });

  it('takes a question it does not know for a personal one, and leaves empty answers out', () => {
    const { fields, personal } = splitRegistration({ nickname: 'Annie', email: '', ofAge: false });
    expect(fields.every((field) => field.personal)).toBe(true);
    expect(personal).toEqual({ nickname: 'Annie', ofAge: 'false' });
  });
});

describe('personal data', () => {
  const { personalData: store } = createMemoryStores();
  const clock = { now: () => 1_000 };
  const data = createPersonalData({ store, sealer: createSealer([randomBytes(32)]), clock });
  const { personal } = splitRegistration(ANSWERS);

  it('comes back as it was put, and is sealed in the store', async () => {
    await data.put('p1', personal);
    expect(await data.get('p1')).toEqual(personal);
    const kept = JSON.stringify(await store.get('p1'));
    for (const answer of Object.values(personal)) expect(kept).not.toContain(answer);
  });

  it('does not open for another person into whose record it was copied', async () => {
    await data.put('p1', personal);
    await store.put('p2', (await store.get('p1')) ?? {}, 0);
    await expect(data.get('p2')).rejects.toMatchObject({ reason: 'personal-data/tampered' });
  });

  it('is gone after it was erased', async () => {
    await data.put('p3', personal);
    expect(await data.erase('p3')).toBe(true);
    expect(await data.get('p3')).toBeNull();
    expect(await data.erase('p3')).toBe(false);
  });

  it('seals answers of any kind, which open for the same person and form alone', () => {
    const data = createPersonalData({
      store: createMemoryStores().personalData,
      sealer: createSealer([randomBytes(32)]),
      clock: { now: () => 0 },
    });
    const place = { participantId: 'p1', of: 'about_you' };
    const answers = { address: 'ann@example.org', age: 44, names: ['Ann', 'Anna'], none: null };
    const sealed = data.sealAnswers(place, answers);
    expect(Object.keys(sealed)).toEqual(Object.keys(answers));
    expect(JSON.stringify(sealed)).not.toContain('ann');
    expect(data.openAnswers(place, sealed)).toEqual(answers);
    for (const other of [
      { participantId: 'p2', of: 'about_you' },
      { participantId: 'p1', of: 'contact' },
    ]) {
      expect(() => data.openAnswers(other, sealed)).toThrow('was changed or moved');
    }
  });
});
