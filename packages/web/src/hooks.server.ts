import type { Handle, HandleServerError } from '@sveltejs/kit/hooks';
import { pageHost } from '#lib/server/host.ts';
import { KEY_COOKIE } from '#lib/server/keyCookie.ts';
import { readTheme, THEME_COOKIE } from '#lib/theme/theme.ts';

const HEADERS: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'x-frame-options': 'DENY',
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
};

/** No key is this long; a longer cookie is not ours. */
const MAX_KEY_LENGTH = 200;

export const handle: Handle = async ({ event, resolve }) => {
  const cookie = event.cookies.get(KEY_COOKIE);
  event.locals.accessKey = cookie !== undefined && cookie.length <= MAX_KEY_LENGTH ? cookie : null;
  event.locals.api = pageHost().caller(event.locals.accessKey, event.getClientAddress());
  event.locals.theme = readTheme(event.cookies.get(THEME_COOKIE));
  const response = await resolve(event, {
    transformPageChunk: ({ html }) => html.replace('%dcs.theme%', event.locals.theme),
    preload: ({ type, path }) =>
      type === 'js' || type === 'css' || (type === 'font' && /-latin-(opsz|wght)-normal/.test(path)),
  });
  for (const [name, value] of Object.entries(HEADERS)) response.headers.set(name, value);
  // A page holds what one person may see; no cache between us may keep it.
  if (response.headers.get('content-type')?.startsWith('text/html') === true) {
    response.headers.set('cache-control', 'private, no-store');
  }
  return response;
};

export const handleError: HandleServerError = ({ kind, error, event }) => {
  if (kind === 'framework') {
    return event.route.id === null ? { message: 'There is no page at this address.' } : undefined;
  }
  if (kind !== 'unknown') return undefined;
  const message = 'Something went wrong on our side.';
  try {
    // The host writes it into its log, under the id that the page shows.
    return { message, errorId: pageHost().errorShape(error).data.errorId };
  } catch {
    return { message };
  }
};
