import type { RegistrationField } from '../store/ports.ts';

/** Questions whose answers say nothing about who somebody is; every other question is personal. */
const IMPERSONAL_FIELDS: readonly string[] = ['consentToFollowup'];

export interface SplitRegistration {
  /** For the player's record: every question, the answers to impersonal ones. */
  readonly fields: readonly RegistrationField[];
  /** To be sealed: the answers to personal questions, empty ones left out. */
  readonly personal: Readonly<Record<string, string>>;
}

/** Divides what somebody wrote when registering, so that the player's record does not say who it is. */
export function splitRegistration(answers: Readonly<Record<string, string | boolean>>): SplitRegistration {
  const fields: RegistrationField[] = [];
  const personal: [string, string][] = [];
  for (const [name, answer] of Object.entries(answers)) {
    if (IMPERSONAL_FIELDS.includes(name)) {
      fields.push({ name, personal: false, answer });
    } else {
      fields.push({ name, personal: true });
      if (answer !== '') personal.push([name, String(answer)]);
    }
  }
  return { fields, personal: Object.fromEntries(personal) };
}
