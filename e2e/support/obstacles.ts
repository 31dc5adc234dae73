import { AxeBuilder } from '@axe-core/playwright';
import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';
import { DESKTOP, PHONE } from './screens.ts';

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/**
 * What axe has against a page as it is shown now, or against the part of it that a selector names. Everything is checked;
 * what has passed is only counted, and the page is asked in place: both cost more than all checks on a long form. That is
 * enough as long as no page of ours holds a frame.
 */
export async function obstaclesOn(page: Page, part?: string): Promise<readonly string[]> {
  if (page.frames().length > 1) throw new Error('A frame of this page would not be looked through.');
  const axe = new AxeBuilder({ page }).options({ resultTypes: ['violations'] }).withTags(RULES);
  if (part !== undefined) axe.include(part);
  const { violations } = await axe.setLegacyMode(true).analyze();
  return violations.map(({ id, help, nodes }) => {
    const where = nodes.map(({ target, failureSummary }) => `${target.join(' ')}: ${failureSummary}`);
    return `${id}: ${help}\n  ${where.join('\n  ')}`;
  });
}

/**
 * Lets bars that stay in view stand in their places: what scrolls beneath them is covered for a moment, and whether it is
 * just now depends on how much was said.
 */
const SETTLE_BARS = `for (const element of document.querySelectorAll('*')) {
  if (getComputedStyle(element).position === 'sticky') {
    element.style.position = 'relative';
    element.style.inset = 'auto';
  }
}`;
const DRAWN = 'new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))';

/**
 * That nothing is in the way on a page as it is shown now, on a desk at night and on a phone by day: what stands on both
 * is seen in both colours, and looking at all four would take twice as long.
 */
export async function expectNothingInTheWay(page: Page): Promise<void> {
  const findings: string[] = [];
  for (const [colorScheme, size] of [
    ['dark', DESKTOP],
    ['light', PHONE],
  ] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.setViewportSize(size);
    await page.evaluate(DRAWN);
    await expect
      .poll(() => page.evaluate('document.documentElement.scrollWidth'), 'as wide as the screen')
      .toBe(size.width);
    await page.evaluate(SETTLE_BARS);
    const found = await obstaclesOn(page);
    findings.push(...found.map((obstacle) => `${colorScheme}, ${size.width} wide, ${obstacle}`));
  }
  expect(findings).toEqual([]);
}
