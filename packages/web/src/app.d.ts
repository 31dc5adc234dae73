import type { Api } from '#lib/server/host.ts';
import type { Theme } from '#lib/theme/theme.ts';

declare global {
  namespace App {
    interface Locals {
      /** What the visitor's cookie holds; not yet checked. */
      accessKey: string | null;
      /** The API as this visitor may use it. */
      api: Api;
      theme: Theme;
    }
    interface Error {
      message: string;
      /** What to tell whoever looks after the server; they find it in the log. */
      errorId?: string;
    }
  }
}
