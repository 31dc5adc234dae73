/** True when a condition has held for a while: what is quick is never shown as waiting. */
export class Delayed {
  current = $state(false);

  constructor(condition: () => boolean, milliseconds: number) {
    $effect(() => {
      if (!condition()) {
        this.current = false;
        return undefined;
      }
      const timer = setTimeout(() => (this.current = true), milliseconds);
      return () => clearTimeout(timer);
    });
  }
}
