import type { Page } from '@playwright/test';

/** Runs in the page, before its own scripts. */
const RECORDER = `
  const seen = (globalThis.seenDrafts = []);
  new MutationObserver(() => {
    const text = document.querySelector('[data-testid="draft"] .draft')?.textContent.trim() ?? '';
    if (text !== '' && text !== seen.at(-1)) seen.push(text);
  }).observe(document, { childList: true, subtree: true, characterData: true });
`;

/** Notes every text that the reply had while it was written; a reply may be done before a test could look. */
export async function recordDrafts(page: Page): Promise<() => Promise<readonly string[]>> {
  await page.addInitScript(RECORDER);
  return async () => {
    const seen: unknown = await page.evaluate('globalThis.seenDrafts');
    return Array.isArray(seen) ? seen.map(String) : [];
  };
}
