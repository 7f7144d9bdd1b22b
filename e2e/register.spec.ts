import path from "node:path";
import { expect, type Browser, type Page } from "@playwright/test";
import { readMails } from "../src/server/testing/mailbox-fixture";
import { clickOnceAlive } from "./support/click-once-alive";
import { findFaults } from "./support/find-faults";
import { mailedLink, newLogin, PASSWORD, register } from "./support/people";
import { signIn, type Login } from "./support/sign-in";
import { story } from "./support/story";
import { tabTo } from "./support/tab-to";

const NEXT = "nine otters under the bridge";

const openElsewhere = async (browser: Browser, url: string, login: Login): Promise<Page> => {
  const context = await browser.newContext({ baseURL: url });
  const page = await context.newPage();
  await signIn(page, login);
  return page;
};

story("every page asks to confirm the e-mail, until the mailed link is used", async ({ page, product }) => {
  const login = newLogin();
  await register(page, login);
  const banner = page.getByRole("region", { name: "Your e-mail" });
  await expect(banner).toContainText(login.email);
  await clickOnceAlive(banner.getByRole("button", { name: "Send it again" }));
  await expect(banner).toContainText("Sent again");
  expect(await findFaults(page)).toEqual([]);
  await page.goto(await mailedLink(product, login.email, "/verify"));
  expect(await findFaults(page)).toEqual([]);
  await tabTo(page, page.getByRole("button", { name: "Confirm my e-mail" }));
  await page.keyboard.press("Enter");
  await expect(page.getByText("Your e-mail is confirmed.")).toBeVisible();
  expect(page.url()).not.toContain("#");
  await page.getByRole("link", { name: "To the overview" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Overview" })).toBeVisible();
  await expect(page.getByRole("region", { name: "Your e-mail" })).toHaveCount(0);
});

story("an address that has an account is told by its mailbox alone", async ({ page, product, trouble }) => {
  // The sign-in that follows the registration.
  trouble.expect(/401/);
  const login = newLogin();
  await register(page, login);
  // A page whose session is gone goes to sign in by itself, and would be in the way.
  await page.goto("about:blank");
  await page.context().clearCookies();
  await page.goto("/register");
  await page.getByLabel("E-mail").fill(login.email);
  await page.getByLabel("Password").fill(NEXT);
  await page.getByRole("button", { name: "Create the account" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "does not open an account" })).toBeFocused();
  const subjects = () =>
    readMails(path.join(product.folder, "mail"))
      .filter(({ to }) => to === login.email)
      .map(({ subject }) => subject);
  await expect.poll(subjects).toContain("You have an account at 0xBot");
});

story(
  "a new password ends the other browser, and so does its session's end",
  async ({ page, browser, product, trouble }) => {
    // The wrong current password.
    trouble.expect(/status of 400/);
    const login = newLogin();
    await register(page, login);
    await page.goto("/");
    await page.getByRole("link", { name: login.email }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Account" })).toBeVisible();
    const other = await openElsewhere(browser, product.url, login);
    await story.step("the sessions are listed, this one marked, and another can be ended", async () => {
      await page.reload();
      const sessions = page.getByRole("region", { name: "Sessions" }).getByRole("listitem");
      await expect(sessions).toHaveCount(2);
      await expect(sessions.first()).toContainText("This browser");
      await expect(sessions.last()).toContainText(/Chrome on \w+/);
      expect(await findFaults(page)).toEqual([]);
      await page.getByRole("button", { name: /^End the session of Chrome/ }).click();
      await expect(sessions).toHaveCount(1);
      await expect(other).toHaveURL(/\/sign-in$/);
    });
    await story.step("with a wrong current password nothing changes", async () => {
      await signIn(other, login);
      await page.getByLabel("Current password").fill("not the password");
      await page.getByLabel("New password").fill(NEXT);
      await page.getByRole("button", { name: "Change the password" }).click();
      await expect(page.getByRole("alert").filter({ hasText: "current password is not right" })).toBeFocused();
      expect(await findFaults(page)).toEqual([]);
    });
    await story.step("with the right one the other browser is signed out", async () => {
      await page.getByLabel("Current password").fill(login.password);
      await page.getByRole("button", { name: "Change the password" }).click();
      await expect(page.getByText("Changed. 1 other session ended.")).toBeVisible();
      await expect(other).toHaveURL(/\/sign-in$/);
      await signIn(other, { ...login, password: NEXT });
    });
    await story.step("all others end at once", async () => {
      await page.reload();
      await page.getByRole("button", { name: "End all others" }).click();
      await expect(page.getByText("1 other session ended.")).toBeVisible();
      await expect(other).toHaveURL(/\/sign-in$/);
    });
    await other.context().close();
  },
);

story(
  "a forgotten password is replaced by the mailed link, which ends all sessions",
  async ({ page, browser, product }) => {
    const login = newLogin();
    await register(page, login);
    const visitor = await (await browser.newContext({ baseURL: product.url })).newPage();
    await visitor.goto("/sign-in");
    await visitor.getByRole("link", { name: "Forgot your password?" }).click();
    await expect(visitor.getByRole("heading", { level: 1, name: "Forgot your password?" })).toBeVisible();
    await visitor.getByLabel("E-mail").fill(login.email);
    await visitor.getByRole("button", { name: "Send a link" }).click();
    await expect(visitor.getByText(/If this address has an account/)).toBeVisible();
    expect(await findFaults(visitor)).toEqual([]);
    const link = await mailedLink(product, login.email, "/reset");
    await visitor.goto(link);
    await visitor.getByLabel("New password").fill(NEXT);
    await expect(visitor.getByText("Strong", { exact: true })).toBeVisible();
    expect(await findFaults(visitor)).toEqual([]);
    await visitor.getByRole("button", { name: "Set the new password" }).click();
    await expect(visitor.getByText("Your new password is set")).toBeVisible();
    await expect(page).toHaveURL(/\/sign-in$/);
    await visitor.getByRole("link", { name: "Sign in" }).click();
    await signIn(visitor, { ...login, password: NEXT });
    await visitor.goto(link);
    await visitor.getByLabel("New password").fill(PASSWORD);
    await visitor.getByRole("button", { name: "Set the new password" }).click();
    await expect(visitor.getByRole("alert").filter({ hasText: "was used before" })).toBeFocused();
    await visitor.context().close();
  },
);
