import { z } from 'zod';

/** A name or a signature may be written in any script; only control characters are not writing. */
const line = (max: number, what: string) =>
  z
    .string(`Please enter ${what}.`)
    .trim()
    .min(1, `Please enter ${what}.`)
    .max(max, `Please use at most ${max} characters.`)
    .regex(/^[^\p{Cc}]*$/u, 'Please leave out line breaks and control characters.');

/** What somebody says of themselves to get an access key. Everything but the consent to be asked again is personal. */
export const registrationSchema = z.object({
  fullName: line(200, 'your full name'),
  email: z
    .string('Please enter your e-mail address.')
    .trim()
    .max(254, 'Please use at most 254 characters.')
    .pipe(z.email('Please enter a valid e-mail address, such as name@example.org.')),
  phoneNumber: z
    .string('Please enter your phone number.')
    .trim()
    .max(40, 'Please use at most 40 characters.')
    .regex(/^[+\d\s().\-/]*$/, { error: 'Please use digits, spaces and + ( ) - . / only.', abort: true })
    .refine((text) => text.replaceAll(/\D/g, '').length >= 10, 'Please enter at least 10 digits.'),
  consentToFollowup: z.boolean('Please say whether we may ask you again later.'),
  consentSignature: line(200, 'your name as signature'),
});

export type Registration = z.infer<typeof registrationSchema>;
