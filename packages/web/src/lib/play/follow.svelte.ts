const NEAR = 160;
/** Room for the bar at the top. */
const ABOVE = 72;

/** Keeps the newest line in sight for those who read at the end, and leaves those alone who read further up. */
export class Follow {
  isBehind = $state(false);
  #follows = true;
  #shown: Element | null = null;

  /** Watches the reader scroll. Browser only; returns how to stop. */
  watch(): () => void {
    const read = (): void => {
      this.#follows = this.#distance() < NEAR;
      if (this.#follows) this.isBehind = false;
    };
    addEventListener('scroll', read, { passive: true });
    return () => removeEventListener('scroll', read);
  }

  /**
   * Call it when the page may have grown: by its newest passage, or by what comes after the last. A passage that is longer than
   * the window is shown from its beginning.
   */
  grew(newest: Element | null, hasMore: boolean): void {
    if (!this.#follows) {
      this.isBehind = this.#distance() > NEAR;
      return;
    }
    const isNew = newest !== this.#shown;
    this.#shown = newest;
    if (isNew || hasMore) this.toEnd();
    const top = newest?.getBoundingClientRect().top ?? ABOVE;
    if (isNew && !hasMore && top < ABOVE) scrollBy({ top: top - ABOVE, behavior: 'instant' });
  }

  toEnd(behavior: ScrollBehavior = 'instant'): void {
    this.#follows = true;
    this.isBehind = false;
    scrollTo({ top: document.documentElement.scrollHeight, behavior });
  }

  #distance(): number {
    const { scrollHeight, clientHeight } = document.documentElement;
    return scrollHeight - clientHeight - scrollY;
  }
}
