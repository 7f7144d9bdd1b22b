import path from "node:path";
import { expect, type Browser, type Page } from "@playwright/test";
import { THEMES } from "../src/contracts/theme";
import { readMails, tokenIn } from "../src/server/testing/mailbox-fixture";
import { findViolations, readOverflow } from "./support/find-violations";
import type { RunningProduct } from "./support/running-product";
import { signIn, type Login } from "./support/sign-in";
import { story } from "./support/story";
import { tabTo } from "./support/tab-to";

const PASSWORD = "seven herons over the river";
const NEXT = "nine otters under the bridge";

let people = 0;
const newLogin = (): Login => ({ email: `person${Date.now()}-${(people += 1)}@example.org`, password: PASSWORD });

/** Faults of the page as it is now, at both widths. */
const findFaults = async (page: Page): Promise<string[]> => {
  const faults: string[] = [];
  for (const width of [360, 1280]) {
    await page.setViewportSize({ width, height: 900 });
    const overflow = await readOverflow(page);
    if (overflow > 0) faults.push(`${page.url()} ${width}: ${overflow} px wider than the screen`);
    faults.push(...(await findViolations(page, THEMES[0])).map((text) => `${page.url()} ${width}: ${text}`));
  }
  return faults;
};

const register = async (page: Page, { email, password }: Login): Promise<void> => {
  await page.goto("/register");
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Create the account" }).click();
  await expect(page).toHaveURL(/\/overview$/);
};

/** The link in the last mail to an address, as its reader finds it in the data folder. */
const mailedLink = async ({ folder }: RunningProduct, email: string, to: "/verify" | "/reset"): Promise<string> => {
  const find = () =>
    tokenIn(
      readMails(path.join(folder, "mail")).filter((mail) => mail.to === email),
      to,
    );
  await expect.poll(find, { message: `a mail to ${email}` }).not.toBeNull();
  return `${to}#${find()}`;
};

const openElsewhere = async (browser: Browser, url: string, login: Login): Promise<Page> => {
  const context = await browser.newContext({ baseURL: url });
  const page = await context.newPage();
  await signIn(page, login);
  return page;
};

story(
  "who comes makes an account by keyboard, and confirms the e-mail by the mailed link",
  async ({ page, product }) => {
    const { email, password } = newLogin();
    await story.step("a password that is easy to guess is told as such, and never sent", async () => {
      await page.goto("/sign-in");
      await tabTo(page, page.getByRole("link", { name: "Create an account" }));
      await page.keyboard.press("Enter");
      await expect(page).toHaveURL(/\/register$/);
      await tabTo(page, page.getByLabel("E-mail"));
      await page.keyboard.type(email);
      await tabTo(page, page.getByLabel("Password"));
      await page.keyboard.type("passw");
      await expect(page.getByText("7 more characters")).toBeVisible();
      await page.keyboard.type("ord1234");
      await expect(page.getByText(/It is too easy to guess/)).toBeVisible();
      await page.keyboard.press("Enter");
      await expect(page.getByRole("alert").filter({ hasText: "The password is too easy to guess" })).toBeFocused();
      expect(await findFaults(page)).toEqual([]);
    });
    await story.step("a good one is shown on request and lets in", async () => {
      await page.getByLabel("Password").fill(password);
      await expect(page.getByText("Strong", { exact: true })).toBeVisible();
      await expect(page.getByLabel("Password")).toHaveAttribute("type", "password");
      await page.getByLabel("Password").focus();
      await tabTo(page, page.getByRole("button", { name: "Show" }));
      await page.keyboard.press("Enter");
      await expect(page.getByLabel("Password")).toHaveAttribute("type", "text");
      await tabTo(page, page.getByRole("button", { name: "Create the account" }));
      await page.keyboard.press("Enter");
      await expect(page).toHaveURL(/\/overview$/);
      await expect(page.locator("main")).toContainText(/no bots yet/i);
    });
    await story.step("every page asks to confirm the e-mail, until the mailed link is used", async () => {
      const banner = page.getByRole("region", { name: "Your e-mail" });
      await expect(banner).toContainText(email);
      await banner.getByRole("button", { name: "Send it again" }).click();
      await expect(banner).toContainText("Sent again");
      expect(await findFaults(page)).toEqual([]);
      await page.goto(await mailedLink(product, email, "/verify"));
      expect(await findFaults(page)).toEqual([]);
      await tabTo(page, page.getByRole("button", { name: "Confirm my e-mail" }));
      await page.keyboard.press("Enter");
      await expect(page.getByText("Your e-mail is confirmed.")).toBeVisible();
      expect(page.url()).not.toContain("#");
      await page.getByRole("link", { name: "To the overview" }).click();
      await expect(page.getByRole("heading", { level: 1, name: "Overview" })).toBeVisible();
      await expect(page.getByRole("region", { name: "Your e-mail" })).toHaveCount(0);
    });
  },
);

story("an address that has an account is told by its mailbox alone", async ({ page, product, trouble }) => {
  // The sign-in that follows the registration.
  trouble.expect(/401/);
  const login = newLogin();
  await register(page, login);
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
