const KEY = 'dcs:replay-keys';

type Shelf = Pick<Storage, 'getItem' | 'setItem'>;

/** Whether single keys work, as this device remembers it. A full or forbidden storage is no reason to stop. */
export class KeySetting {
  #isOn = $state(true);
  readonly #shelf: () => Shelf;

  constructor(shelf: () => Shelf) {
    this.#shelf = shelf;
  }

  get isOn(): boolean {
    return this.#isOn;
  }

  /** Browser only. */
  read(): void {
    try {
      this.#isOn = this.#shelf().getItem(KEY) !== 'off';
    } catch {
      this.#isOn = true;
    }
  }

  set(isOn: boolean): void {
    this.#isOn = isOn;
    try {
      this.#shelf().setItem(KEY, isOn ? 'on' : 'off');
    } catch {
      // It holds as long as the page is open.
    }
  }
}
