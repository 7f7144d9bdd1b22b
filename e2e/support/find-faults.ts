import { expect, type Page } from "@playwright/test";
import { THEMES } from "../../src/contracts/theme";
import { findViolations, readOverflow } from "./find-violations";

/** Faults of the page as it is now, at both widths. */
export const findFaults = async (page: Page): Promise<string[]> => {
  const faults: string[] = [];
  for (const width of [360, 1280]) {
    await page.setViewportSize({ width, height: 900 });
    const overflow = await readOverflow(page);
    if (overflow > 0) faults.push(`${page.url()} ${width}: ${overflow} px wider than the screen`);
    faults.push(...(await findViolations(page, THEMES[0])).map((text) => `${page.url()} ${width}: ${text}`));
  }
  return faults;
};

/** The page as it is now, a dialog over it too, has no accessibility fault and does not scroll sideways. */
export const expectNoFault = async (page: Page): Promise<void> => {
  expect(await findViolations(page, THEMES[0])).toEqual([]);
  expect(await readOverflow(page)).toBe(0);
};
