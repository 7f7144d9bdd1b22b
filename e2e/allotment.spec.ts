import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Locator, type Page } from "@playwright/test";
import { createUser } from "../src/server/auth/create-user";
import { createRuntime } from "../src/server/runtime";
import { readOverflow } from "./support/find-violations";
import { signIn, type Login } from "./support/sign-in";
import { story } from "./support/story";
import { tabTo } from "./support/tab-to";

const LONG_MS = 240_000;
const CYCLE_MS_MAX = 90_000;

/** A user of this story's own, whose bot stays. */
const makeUser = async (databaseUrl: string): Promise<Login> => {
  const runtime = createRuntime({ databaseUrl, poolMax: 1 });
  try {
    const login = { email: `${runtime.newId()}@example.org`, password: "a long enough password" };
    await createUser(runtime, login);
    return login;
  } finally {
    await runtime.close();
  }
};

const dialogOf = (page: Page): Locator => page.getByRole("dialog");
const asking = (page: Page): Locator => page.locator("main").getByRole("button", { name: /^Change the allotment of/ });
const confirming = (page: Page): Locator =>
  dialogOf(page).getByRole("button", { name: "Change the allotment", exact: true });

const expectNoFault = async (page: Page): Promise<void> => {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  expect(violations.map(({ id, nodes }) => `${id} ${nodes.map(({ html }) => html).join()}`)).toEqual([]);
  expect(await readOverflow(page)).toBe(0);
};

const createBot = async (page: Page): Promise<string> => {
  await page.goto("/bots/new");
  await page.getByRole("radio", { name: "Trinity", exact: true }).check();
  await page.getByRole("button", { name: "Create bot" }).click();
  await expect(page).toHaveURL(/\/bots\/[0-9a-f-]{36}$/);
  return new URL(page.url()).pathname;
};

const deposit = async (page: Page, amount: string): Promise<void> => {
  await page.goto("/accounts");
  await page.getByRole("button", { name: /^Deposit into/ }).click();
  await dialogOf(page).getByLabel("Amount, USDT").fill(amount);
  await dialogOf(page).getByRole("button", { name: "Deposit", exact: true }).click();
  await expect(dialogOf(page)).toHaveCount(0);
};

story("a trader gives a bot more and takes some back, and its pages follow", async ({ page, product }) => {
  story.setTimeout(LONG_MS);
  await signIn(page, await makeUser(product.databaseUrl()));
  const path = await createBot(page);
  await deposit(page, "3000");

  const bot = await page.context().newPage();
  await bot.setViewportSize({ width: 360, height: 800 });
  await bot.goto(path);
  await expect(bot.locator("main")).toContainText("of 10,000.00");
  await expect(bot.locator("main")).toContainText(/Equity [\d,.]+ USDT, /, { timeout: CYCLE_MS_MAX });

  await story.step("gives it more, by keyboard", async () => {
    await tabTo(page, asking(page));
    await page.keyboard.press("Enter");
    await expect(dialogOf(page)).toContainText("Allotted now");
    await dialogOf(page).getByLabel("Amount, USDT").fill("3000.01");
    await expect(dialogOf(page)).toContainText(/Only [\d,.]+ USDT can be given: enter at most that/);
    await expect(confirming(page)).toBeDisabled();
    await dialogOf(page).getByLabel("Amount, USDT").fill("2000.5");
    await expect(dialogOf(page)).toContainText("Allotted afterwards: 12,000.50 USDT");
    await expectNoFault(page);
    await page.keyboard.press("Enter");
    await expect(dialogOf(page)).toHaveCount(0);
    await expect(page.locator("main")).toContainText("12,000.50 USDT allotted");
    await expect(bot.locator("main")).toContainText("of 12,000.50");
  });

  await story.step("takes some back", async () => {
    await asking(bot).click();
    await dialogOf(bot).getByLabel("Take some back").check();
    await dialogOf(bot).getByLabel("Amount, USDT").fill("4000.5");
    await expect(dialogOf(bot)).toContainText("Allotted afterwards: 8,000.00 USDT");
    await expectNoFault(bot);
    await confirming(bot).click();
    await expect(dialogOf(bot)).toHaveCount(0);
    await expect(bot.locator("main")).toContainText("of 8,000.00");
    await expect(page.locator("main")).toContainText("8,000.00 USDT allotted");
  });

  await story.step("the chart tells both, and that they are no profit", async () => {
    await expect(bot.locator("main")).toContainText(/no part of these figures: \+2,000.50 at .*, −4,000.50 at /);
    await expect(bot.locator("main")).toContainText("money from its account, ▼ back to it: neither gain nor loss");
    await expectNoFault(bot);
  });

  await bot.goto("/overview");
  await expect(bot.locator("main")).toContainText("it is allotted 8,000.00 USDT now");
});
