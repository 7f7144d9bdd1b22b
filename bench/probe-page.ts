import type { Page } from "@playwright/test";

/** When a page first showed something, in wall time (ms). */
export type Shown = {
  /** Cycles that are shown as ended, by id. */
  readonly cycles: Readonly<Record<string, number>>;
  /** Exact amounts, which are in titles. */
  readonly amounts: Readonly<Record<string, number>>;
};

/** Runs in the page before its own scripts: notes what appears, in the same task in which React adds it. */
const noteWhatAppears = (): void => {
  const shown = { cycles: {} as Record<string, number>, amounts: {} as Record<string, number> };
  Object.assign(window, { shown });
  const look = (): void => {
    const now = Date.now();
    for (const link of document.querySelectorAll<HTMLAnchorElement>('main a[href^="/cycles/"]')) {
      const id = link.pathname.slice("/cycles/".length);
      // A cycle is linked from its beginning; the text beside the link, without spaces, says that it has ended.
      if (/done|skipped|failed/.test(link.closest("div, td")?.textContent ?? "")) shown.cycles[id] ??= now;
    }
    for (const { title } of document.querySelectorAll<HTMLElement>("main .figure[title]")) shown.amounts[title] ??= now;
  };
  const options = { subtree: true, childList: true, characterData: true, attributeFilter: ["href", "title"] };
  new MutationObserver(look).observe(document, options);
};

/** Opens a page whose changes are noted. */
export const openProbed = async (page: Page, path: string): Promise<void> => {
  // tsx wraps inner functions in a helper that the page does not have.
  await page.addInitScript("globalThis.__name = (work) => work");
  await page.addInitScript(noteWhatAppears);
  await page.goto(path);
};

export const readShown = (page: Page): Promise<Shown> =>
  page.evaluate(() => (window as unknown as { shown: Shown }).shown);
