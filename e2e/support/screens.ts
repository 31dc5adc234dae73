/* Sizes that pages are looked at in, in CSS pixels. */
export const DESKTOP = { width: 1280, height: 800 } as const;
export const PHONE = { width: 390, height: 844 } as const;
