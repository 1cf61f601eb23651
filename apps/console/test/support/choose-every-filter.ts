import type { Page } from 'playwright-core';

/** Changes every filter of the page before it can answer any of them; gives how many there are. */
export async function chooseEveryFilter(page: Page): Promise<number> {
  return await page.evaluate(() => {
    let chosen = 0;
    for (const filter of document.querySelectorAll('search select, search input[type=checkbox]')) {
      if (filter instanceof HTMLInputElement) filter.click();
      else if (filter instanceof HTMLSelectElement) {
        const other = [...filter.options].find(({ value, selected }) => value !== '' && !selected);
        if (other === undefined) continue;
        other.selected = true;
        filter.dispatchEvent(new Event('change', { bubbles: true }));
      }
      chosen += 1;
    }
    return chosen;
  });
}
