import { expect, type Locator, type Page } from "@playwright/test";
import { expectNoFault } from "./support/find-faults";
import { makeUser } from "./support/people";
import { signIn } from "./support/sign-in";
import { story } from "./support/story";
import { ask, dialogOf } from "./support/tell-bot";
import { tabTo } from "./support/tab-to";

const LONG_MS = 180_000;

const freeOf = (page: Page): Locator => page.locator("dl div", { hasText: "Free: in no bot" });

const move = async (page: Page, name: "Deposit" | "Withdraw", amount: string, says: RegExp): Promise<void> => {
  await ask(page, `${name} ${name === "Deposit" ? "into" : "from"} Practice`).click();
  await dialogOf(page).getByLabel("Amount, USDT").fill(amount);
  await expect(dialogOf(page)).toContainText(says);
  await expectNoFault(page);
  await dialogOf(page).getByRole("button", { name, exact: true }).click();
  await expect(dialogOf(page)).toHaveCount(0);
};

story("a trader opens an account, pays in and takes out, and every open page follows", async ({ page, product }) => {
  story.setTimeout(LONG_MS);
  await signIn(page, await makeUser(product.databaseUrl()));
  await page.goto("/overview");
  await page.getByRole("link", { name: "Accounts", exact: true }).click();
  await expect(page.locator("main")).toContainText("No account yet");
  await tabTo(page, ask(page, "Open an account"));
  await page.keyboard.press("Enter");
  await dialogOf(page).getByLabel("Name").fill("Practice");
  await dialogOf(page).getByLabel("Capital, USDT").fill("1000");
  await expectNoFault(page);
  await page.keyboard.press("Enter");
  await expect(freeOf(page)).toContainText("1,000.00 USDT");

  const other = await page.context().newPage();
  await other.setViewportSize({ width: 360, height: 800 });
  await other.goto("/accounts");
  await expect(other.getByText("Live", { exact: true })).toBeVisible();
  await move(page, "Deposit", "250.50", /Free afterwards: 1,250.50 USDT, now 1,000.00 USDT/);
  await expect(freeOf(page)).toContainText("1,250.50 USDT");
  await expect(freeOf(other)).toContainText("1,250.50 USDT");
  await move(page, "Withdraw", "1000", /Free afterwards: 250.50 USDT/);
  await expect(freeOf(other)).toContainText("250.50 USDT");
  await expectNoFault(other);
  await other.close();

  await ask(page, "Withdraw from Practice").click();
  await dialogOf(page).getByLabel("Amount, USDT").fill("250.51");
  await expect(dialogOf(page)).toContainText("Only 250.50 USDT are free: enter at most that.");
  await expect(dialogOf(page).getByRole("button", { name: "Withdraw", exact: true })).toBeDisabled();
  await page.keyboard.press("Escape");
  await expect(dialogOf(page)).toHaveCount(0);
  await expect(ask(page, "Withdraw from Practice")).toBeFocused();
});
