/** Room for the bar at the top and for what is fixed at the foot. */
export interface Margins {
  readonly top: number;
  readonly bottom: number;
}

/** Keeps the step that is shown in sight, and leaves readers alone who have scrolled away from it. */
export class InView {
  #isAway = $state(false);
  #element: Element | null = null;
  #end: Element | null = null;
  readonly #margins: () => Margins;

  constructor(margins: () => Margins) {
    this.#margins = margins;
  }

  /** Whether the reader has scrolled the step out of sight. */
  get isAway(): boolean {
    return this.#isAway;
  }

  /** Watches the reader scroll. Browser only; returns how to stop. */
  watch(): () => void {
    const read = (): void => {
      const box = this.#element?.getBoundingClientRect();
      const { top, bottom } = this.#margins();
      this.#isAway = box !== undefined && (box.bottom < top || box.top > innerHeight - bottom);
    };
    addEventListener('scroll', read, { passive: true });
    return () => removeEventListener('scroll', read);
  }

  /** Another step is shown, and what follows it up to `end`. A reader who is elsewhere stays there. */
  moved(element: Element | null, end: Element | null): void {
    this.#element = element;
    this.#end = end;
    if (!this.#isAway) this.#reveal();
  }

  /** Goes to the step wherever the reader is. */
  comeBack(): void {
    this.#isAway = false;
    this.#reveal();
  }

  /** What is longer than the window is shown from its beginning. */
  #reveal(): void {
    const box = this.#element?.getBoundingClientRect();
    if (box === undefined) return;
    const { top, bottom } = this.#margins();
    const tooHigh = box.top - top;
    const lowest = Math.max(box.bottom, this.#end?.getBoundingClientRect().bottom ?? 0);
    const tooLow = lowest - (innerHeight - bottom);
    const by = tooHigh < 0 ? tooHigh : Math.min(Math.max(0, tooLow), tooHigh);
    if (by !== 0) scrollBy({ top: by, behavior: 'instant' });
  }
}
