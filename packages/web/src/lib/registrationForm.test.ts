import { describe, expect, it } from 'vitest';
import { problemsFor, readRegistration } from './registrationForm.ts';

describe('The registration form', () => {
  it('is read as far as it is text', () => {
    const form = new FormData();
    form.set('fullName', '  Ada <b>Lovelace</b> ');
    form.set('email', new Blob(['x']));
    form.set('consentToFollowup', 'yes');
    expect(readRegistration(form)).toEqual({
      fullName: 'Ada <b>Lovelace</b>',
      email: '',
      phoneNumber: '',
      consentSignature: '',
      consentToFollowup: true,
    });
  });

  it('says beside each field what to mend', () => {
    expect(Object.keys(problemsFor(['email', 'phoneNumber', 'unknown']))).toEqual(['email', 'phoneNumber']);
  });
});
