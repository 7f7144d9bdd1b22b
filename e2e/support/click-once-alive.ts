import { expect, type Locator } from "@playwright/test";

/** Runs in the page: whether React answers for the element, and not only the server's HTML. */
const isAlive = (element: Element): boolean => Object.keys(element).some((key) => key.startsWith("__reactProps"));

/** Clicks what a page has just come with: on a busy machine it is seen before its program runs, and a click is lost. */
export const clickOnceAlive = async (button: Locator): Promise<void> => {
  await expect.poll(() => button.evaluate(isAlive), "the page's program runs").toBe(true);
  await button.click();
};
