import { expect } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';
import { hydrated } from './stage.ts';

/** Runs in the page. */
const PLACES_WITH_CONTROLS = `[...document.querySelectorAll('[id^="sheet-"]')]
  .filter((element) => element.matches('input, textarea, select') || element.querySelector('input, textarea, select'))
  .map((element) => element.id.slice('sheet-'.length))`;

type Sheet = Readonly<Record<string, unknown>>;

/** The page on which a character sheet is written, as its administrator knows it. */
export function editorOf(page: Page) {
  const source = page.getByRole('textbox', { name: 'Source' });

  const at = (place: string): Locator => page.locator(`[id="sheet-${place}"]`);

  async function show(name: string): Promise<void> {
    const tab = page.getByRole('tab', { name, exact: true });
    await tab.click();
    await expect(tab).toHaveAttribute('aria-selected', 'true');
  }

  return {
    source,
    preview: page.getByRole('region', { name: 'Preview' }),
    /** The control of a place such as `scenarios[0].name`. */
    field: at,
    show,
    async open(path: string): Promise<void> {
      await page.goto(path);
      await hydrated(page);
    },
    async save(): Promise<void> {
      await page.getByRole('button', { name: 'Save', exact: true }).click();
    },
    /** Every place that has a control, itself or inside it. */
    places: (): Promise<string[]> => page.evaluate(PLACES_WITH_CONTROLS),
    /** What stands in the entries of a list of texts. */
    values: (place: string): Promise<string[]> =>
      at(place)
        .locator('input, textarea')
        .evaluateAll((fields) => fields.map((field) => String(Reflect.get(field, 'value')))),
    async readSource(): Promise<Sheet> {
      await show('Source');
      const sheet: unknown = JSON.parse(await source.inputValue());
      return Object.assign({}, sheet);
    },
    async writeSource(sheet: Sheet): Promise<void> {
      await show('Source');
      await source.fill(JSON.stringify(sheet));
    },
  };
}
