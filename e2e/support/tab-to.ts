import { expect, type Locator, type Page } from "@playwright/test";

/** Against a focus that goes round for ever: the longest form takes more than a hundred, and grows with its market. */
const STEPS_MAX = 600;

type Focus = { readonly name: string; readonly isSeen: boolean };

/** Runs in the page: which element has the focus, and whether the focus is visible. */
const readFocus = (): Focus | null => {
  const element = document.activeElement;
  if (!element || element === document.body) return null;
  const { outlineStyle, outlineWidth } = getComputedStyle(element);
  const box = element.getBoundingClientRect();
  const isInView = box.bottom > 0 && box.right > 0 && box.top < innerHeight && box.left < innerWidth;
  const label = element.getAttribute("aria-label") ?? element.textContent.trim().slice(0, 40);
  return {
    name: `${element.tagName.toLowerCase()} "${label}"`,
    isSeen: isInView && outlineStyle !== "none" && Number.parseFloat(outlineWidth) >= 1,
  };
};

/** Presses Tab once and expects a visible focus on the element that gets it. Null: the focus left the page. */
const pressTab = async (page: Page): Promise<Focus | null> => {
  await page.keyboard.press("Tab");
  const focus = await page.evaluate(readFocus);
  if (!focus || focus.isSeen) return focus;
  // A style that is not applied yet, or what live data have just moved, may need a frame.
  await expect
    .poll(() => page.evaluate(readFocus), `the focus on ${focus.name} is seen`)
    .toMatchObject({ isSeen: true });
  return focus;
};

const hasFocus = (targets: Locator): Promise<boolean> =>
  targets.evaluateAll((elements) => elements.some((element) => element === document.activeElement));

/** Moves the focus with Tab only, from where it is, to the first of the targets that it reaches. */
export const tabTo = async (page: Page, targets: Locator): Promise<void> => {
  await expect(targets.first()).toBeVisible();
  const passed: string[] = [];
  for (let step = 0; step < STEPS_MAX; step += 1) {
    const focus = await pressTab(page);
    if (await hasFocus(targets)) return;
    passed.push(focus?.name ?? "(the page's end)");
  }
  throw new Error(`Tab never came to ${String(targets)}; it passed ${passed.join(", ")}`);
};

/** Tabs through the whole page until the focus leaves it, so nothing traps it. Returns what had it, in order. */
export const tabThrough = async (page: Page): Promise<string[]> => {
  const passed: string[] = [];
  while (passed.length < STEPS_MAX) {
    const focus = await pressTab(page);
    if (!focus) return passed;
    passed.push(focus.name);
  }
  throw new Error(`the focus did not leave the page within ${STEPS_MAX} stops`);
};
