import { expect, type Page } from "@playwright/test";
import { findDemoIds } from "./support/demo-ids";
import { makeUser } from "./support/people";
import { signIn } from "./support/sign-in";
import { story } from "./support/story";

const NOT_FOUND = "Page not found";

const expectNotFound = async (page: Page, path: string): Promise<void> => {
  await page.goto(path);
  await expect(page.getByRole("heading", { level: 1, name: NOT_FOUND }), path).toBeVisible();
};

story("who has no bots reads on every page what will be there and how to begin", async ({ page, product }) => {
  await signIn(page, await makeUser(product.databaseUrl()));
  for (const [path, words] of [
    ["/overview", /no bots yet/i],
    ["/bots", /no bots yet/i],
    ["/venues", /no venue yet/i],
    ["/accounts", /no account yet/i],
  ] as const) {
    await page.goto(path);
    await expect(page.locator("main")).toContainText(words);
    await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
    await expect(page.locator("main").getByRole("alert")).toHaveCount(0);
    await expect(page.locator("main")).not.toContainText(/undefined|NaN|null/);
  }
});

story("what belongs to somebody else is not found, like what never was", async ({ page, product, trouble }) => {
  trouble.expect(/404/);
  const ids = await findDemoIds(product.databaseUrl());
  await signIn(page, await makeUser(product.databaseUrl()));
  const nobodys = "01900000-0000-7000-8000-000000000000";
  for (const [bot, cycle, position] of [
    [ids.bot, ids.doneCycle, ids.openPosition],
    [nobodys, nobodys, nobodys],
    ["not-an-id", "not-an-id", "not-an-id"],
  ] as const) {
    await expectNotFound(page, `/bots/${bot}`);
    await expectNotFound(page, `/bots/${bot}/ledger`);
    await expectNotFound(page, `/cycles/${cycle}`);
    await expectNotFound(page, `/positions/${position}`);
  }
});
