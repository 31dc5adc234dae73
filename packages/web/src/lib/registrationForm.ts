/** The fields of the registration form, in the order in which they are asked. */
export const REGISTRATION_FIELDS = ['fullName', 'email', 'phoneNumber', 'consentSignature'] as const;
export type RegistrationField = (typeof REGISTRATION_FIELDS)[number];

export interface RegistrationValues extends Record<RegistrationField, string> {
  readonly consentToFollowup: boolean;
}

export type RegistrationProblems = Partial<Record<RegistrationField | 'form', string>>;

const HELP: Readonly<Record<RegistrationField, string>> = {
  fullName: 'Write your name, in up to 200 characters.',
  email: 'Write an e-mail address, such as name@example.org.',
  phoneNumber: 'Write a phone number with at least 10 digits.',
  consentSignature: 'Write your full name here as well, as your signature.',
};

/** What to mend, beside the field it is about. */
export function problemsFor(fields: readonly string[]): RegistrationProblems {
  const problems: RegistrationProblems = {};
  for (const field of REGISTRATION_FIELDS) {
    if (fields.includes(field)) problems[field] = HELP[field];
  }
  return problems;
}

const MAX_VALUE = 1000;

/** What was sent, as far as it is text; the rest counts as left empty. */
export function readRegistration(form: FormData): RegistrationValues {
  const text = (name: RegistrationField): string => {
    const value = form.get(name);
    return typeof value === 'string' ? value.trim().slice(0, MAX_VALUE) : '';
  };
  return {
    fullName: text('fullName'),
    email: text('email'),
    phoneNumber: text('phoneNumber'),
    consentSignature: text('consentSignature'),
    consentToFollowup: form.get('consentToFollowup') === 'yes',
  };
}
