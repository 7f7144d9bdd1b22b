import { expect, type Locator, type Page } from "@playwright/test";
import type { DemoDatabase } from "./demo-database";
import { tabTo } from "./tab-to";

const STATUS = "SELECT status FROM bots WHERE id = $1 AND status::text = $2";

export const dialogOf = (page: Page): Locator => page.getByRole("dialog");
export const ask = (page: Page, name: string): Locator =>
  page.locator("main").getByRole("button", { name, exact: true });

const answerOf = (page: Page, name: string): Locator => dialogOf(page).getByRole("button", { name, exact: true });

/** Tells the bot of the page something by its button, after the dialog has said what it will do. */
export const tell = async (page: Page, name: string, says: RegExp): Promise<void> => {
  await ask(page, name).click();
  await expect(dialogOf(page)).toContainText(says);
  await answerOf(page, name).click();
  await expect(dialogOf(page)).toHaveCount(0);
};

/** The same by keyboard, from whatever has the focus. */
export const tellByKeyboard = async (page: Page, name: string, says: RegExp): Promise<void> => {
  await tabTo(page, ask(page, name));
  await page.keyboard.press("Enter");
  await expect(dialogOf(page)).toContainText(says);
  await tabTo(page, answerOf(page, name));
  await page.keyboard.press("Enter");
  await expect(dialogOf(page)).toHaveCount(0);
};

export const expectStatus = (database: DemoDatabase, botId: string, status: string): Promise<string> =>
  database.waitFor(`a bot that is ${status}`, STATUS, botId, status);
