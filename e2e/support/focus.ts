import { expect } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';

/** More tab stops than any page has. */
const MOST_STOPS = 60;

/**
 * Runs in the page: what is wrong with the place of the focus, or null. Shown means an outline, a shadow or a border that
 * changes, on the element or on what encloses it, such as the card of a radio button.
 */
const FOCUS_FAULT = `(() => {
  const focused = document.activeElement;
  if (focused === null || focused === document.body) return null;
  const name = focused.outerHTML.slice(0, 120);
  const marks = (style) => [style.outlineStyle !== 'none' && style.outlineWidth, style.boxShadow, style.borderColor].join();
  const chain = [];
  for (let element = focused; element !== null && chain.length < 4; element = element.parentElement) chain.push(element);
  const withFocus = chain.map((element) => marks(getComputedStyle(element)));
  const hasOutline = chain.some((element) => {
    const { outlineStyle, outlineWidth } = getComputedStyle(element);
    return outlineStyle !== 'none' && parseFloat(outlineWidth) > 0;
  });
  const isShown = hasOutline || (() => {
    focused.blur();
    const without = chain.map((element) => marks(getComputedStyle(element)));
    focused.focus({ focusVisible: true, preventScroll: true });
    return without.some((mark, index) => mark !== withFocus[index]);
  })();
  if (!isShown) return 'Focus cannot be seen on ' + name;
  const box = chain.map((element) => element.getBoundingClientRect()).find(({ width, height }) => width > 8 && height > 8);
  if (box === undefined || box.bottom < 0 || box.top > innerHeight) return 'Focus is out of sight on ' + name;
  return null;
})()`;

/** The focus is where people can see it. */
export async function expectFocusVisible(page: Page): Promise<void> {
  expect(await page.evaluate(FOCUS_FAULT)).toBeNull();
}

/** Presses Tab until `target` has the focus; at each stop the focus is visible. */
export async function tabTo(target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  const page = target.page();
  await expect(target).toBeVisible();
  for (let stop = 0; stop < MOST_STOPS; stop += 1) {
    await page.keyboard.press(key);
    await expectFocusVisible(page);
    if (await target.evaluate((element) => element === element.ownerDocument.activeElement)) return;
  }
  throw new Error(`Tab does not lead to ${target.toString()}.`);
}
