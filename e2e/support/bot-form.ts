import { expect, type Locator, type Page } from "@playwright/test";
import { BOT_PRESETS } from "../../src/trading/bot-presets";
import { tabTo } from "./tab-to";

export const nameField = (page: Page): Locator => page.getByLabel("Name", { exact: true });
/** What is wrong with the form, after it was sent. */
export const formSummary = (page: Page): Locator => page.locator("main").getByRole("alert");

export const openForm = async (page: Page): Promise<void> => {
  await page.goto("/bots/new");
  await expect(page.getByRole("button", { name: "Create bot" })).toBeVisible();
};

/** Chooses a start of the form by keyboard, from whatever has the focus. */
export const chooseStart = async (page: Page, title: string): Promise<void> => {
  await tabTo(page, page.locator('input[type="radio"]:checked'));
  const steps = BOT_PRESETS.findIndex((preset) => preset.title === title);
  for (let step = 0; step < steps; step += 1) {
    await page.keyboard.press("ArrowDown");
    await expect(page.getByRole("radio", { name: BOT_PRESETS[step + 1]?.title ?? "", exact: true })).toBeChecked();
  }
  await expect(page.getByRole("radio", { name: title, exact: true })).toBeChecked();
  await expect(nameField(page)).toHaveValue(title);
};

/** Sends the form from its field of the name; the page is then the new bot's. */
export const createByKeyboard = async (page: Page): Promise<void> => {
  await tabTo(page, nameField(page));
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/bots\/[0-9a-f-]{36}$/);
};
