const NEAR = 160;

/** Keeps the newest line in sight for those who read at the end, and leaves those alone who read further up. */
export class Follow {
  isBehind = $state(false);
  #follows = true;

  /** Watches the reader scroll. Browser only; returns how to stop. */
  watch(): () => void {
    const read = (): void => {
      this.#follows = this.#distance() < NEAR;
      if (this.#follows) this.isBehind = false;
    };
    addEventListener('scroll', read, { passive: true });
    return () => removeEventListener('scroll', read);
  }

  /** Call it when the page has grown. */
  grew(): void {
    if (this.#follows) this.toEnd();
    else this.isBehind = this.#distance() > NEAR;
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
