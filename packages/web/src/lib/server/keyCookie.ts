import type { Cookies } from '@sveltejs/kit';

/** The browser sends it by itself, also when it opens the live stream; scripts cannot read it. */
export const KEY_COOKIE = 'dcs-key';

const A_YEAR = 365 * 24 * 60 * 60;

/** Signs the browser in. `secure` follows the address of the page, so that plain http on localhost works. */
export function rememberKey(cookies: Cookies, url: URL, accessKey: string): void {
  cookies.set(KEY_COOKIE, accessKey, {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: url.protocol === 'https:',
    maxAge: A_YEAR,
  });
}

export function forgetKey(cookies: Cookies, url: URL): void {
  cookies.delete(KEY_COOKIE, {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: url.protocol === 'https:',
  });
}
