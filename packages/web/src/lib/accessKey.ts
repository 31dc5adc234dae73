const PREFIX = 'dcs-ak-';
const SECRET_LENGTH = 43;

/** A key that has the right form, or what is wrong with it in words. */
export type ReadKey =
  { readonly ok: true; readonly key: string } | { readonly ok: false; readonly message: string };

/** Takes what people really paste: line breaks, blanks and quotation marks around or inside the key do no harm. */
export function readAccessKey(pasted: string): ReadKey {
  const key = pasted.slice(0, 1000).replaceAll(/[\s"'`\u200B-\u200D\u2018-\u201D\uFEFF]/gu, '');
  if (key === '') return { ok: false, message: 'Paste your access key here.' };
  if (!key.startsWith(PREFIX)) {
    return { ok: false, message: `An access key begins with ${PREFIX}. This one does not.` };
  }
  const secret = key.slice(PREFIX.length);
  if (secret.length !== SECRET_LENGTH) {
    const difference =
      secret.length < SECRET_LENGTH ? 'A part may be missing.' : 'Something else may be in it.';
    return {
      ok: false,
      message: `An access key has ${PREFIX.length + SECRET_LENGTH} characters; this one has ${key.length}. ${difference}`,
    };
  }
  if (!/^[A-Za-z0-9_-]+$/.test(secret)) {
    return { ok: false, message: 'An access key has only letters, digits, hyphens and underscores.' };
  }
  return { ok: true, key };
}
