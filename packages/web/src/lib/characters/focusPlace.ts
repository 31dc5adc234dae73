const CONTROLS = ':is(input, textarea, select, button, a[href]):not(:disabled)';

/** The id of what stands for a place of a sheet on the page. */
export function placeId(place: string): string {
  return `sheet-${place}`;
}

/** Leads to the control of a place, or to the first one inside it; whether there is any. */
export function focusPlace(place: string): boolean {
  const here = document.getElementById(placeId(place));
  const control = here?.matches(CONTROLS) === true ? here : here?.querySelector<HTMLElement>(CONTROLS);
  control?.focus();
  return control instanceof HTMLElement;
}
