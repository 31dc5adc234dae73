import { THEME_COOKIE, type Theme } from '#lib/theme/theme.ts';

const A_YEAR = 365 * 24 * 60 * 60;

/** Which palette the page is in, and the one button that changes it. */
export class ThemeChoice {
  #systemIsDark = $state(false);
  #choice = $state<Theme>('system');

  constructor(chosen: Theme) {
    this.#choice = chosen;
  }

  get isDark(): boolean {
    return this.#choice === 'system' ? this.#systemIsDark : this.#choice === 'dark';
  }

  /** Follows the system until somebody chooses. Browser only; returns how to stop. */
  watchSystem(): () => void {
    const query = matchMedia('(prefers-color-scheme: dark)');
    const read = (): void => {
      this.#systemIsDark = query.matches;
    };
    read();
    query.addEventListener('change', read);
    return () => query.removeEventListener('change', read);
  }

  toggle(): void {
    this.#choice = this.isDark ? 'light' : 'dark';
    document.documentElement.dataset['theme'] = this.#choice;
    document.cookie = `${THEME_COOKIE}=${this.#choice}; path=/; max-age=${A_YEAR}; samesite=lax`;
  }
}
