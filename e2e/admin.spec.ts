import { expect, type Locator, type Page } from "@playwright/test";
import { THEME_COOKIE, THEMES } from "../src/contracts/theme";
import { createUser } from "../src/server/auth/create-user";
import { createRuntime } from "../src/server/runtime";
import { withDatabase } from "./support/demo-database";
import { findViolations, readOverflow } from "./support/find-violations";
import { forgetConfirmation } from "./support/people";
import { signIn, type Login } from "./support/sign-in";
import { story } from "./support/story";
import { bandOf } from "./support/venue-speed";

const LONG_MS = 180_000;
const PASSWORD = "seven herons over the river";

const makeUser = async (databaseUrl: string, role: "trader" | "admin"): Promise<Login> => {
  const runtime = createRuntime({ databaseUrl, poolMax: 1 });
  try {
    const login = { email: `${role}-${runtime.newId()}@example.org`, password: PASSWORD };
    await createUser(runtime, { ...login, role });
    return login;
  } finally {
    await runtime.close();
  }
};

const identity = (page: Page): Locator => page.getByRole("dialog", { name: "Confirm it is you" });

const confirm = async (page: Page, password: string): Promise<void> => {
  await identity(page).getByLabel("Password", { exact: true }).fill(password);
  await page.keyboard.press("Enter");
};

const findFaults = async (page: Page): Promise<string[]> => {
  const faults: string[] = [];
  for (const theme of THEMES) {
    await page.evaluate((name) => document.documentElement.setAttribute("data-theme", name), theme);
    for (const width of theme === THEMES[0] ? [360, 1280] : [1280]) {
      await page.setViewportSize({ width, height: 900 });
      if ((await readOverflow(page)) > 0) faults.push(`${theme} ${width}: wider than the screen`);
      faults.push(...(await findViolations(page, theme)).map((text) => `${theme} ${width}: ${text}`));
    }
  }
  await page.evaluate((name) => document.documentElement.setAttribute("data-theme", name), THEMES[0]);
  return faults;
};

story("an administrator lets people in and out, with the password", async ({ page, browser, product, trouble }) => {
  story.setTimeout(LONG_MS);
  // Refusals that ask for the password, and a wrong one.
  trouble.expect(/status of 40[03]/);
  const [admin, trader] = [
    await makeUser(product.databaseUrl(), "admin"),
    await makeUser(product.databaseUrl(), "trader"),
  ];
  await page.context().addCookies([{ name: THEME_COOKIE, value: THEMES[0], url: product.url }]);
  await signIn(page, admin);
  const other = await (await browser.newContext({ baseURL: product.url })).newPage();
  await signIn(other, trader);

  await story.step("a trader has no such page", async () => {
    await expect(other.getByRole("navigation", { name: "Main" }).getByText("Admin")).toHaveCount(0);
    expect((await other.goto("/admin"))?.status()).toBe(404);
    await expect(other.getByText("Administration")).toHaveCount(0);
    await other.goto("/overview");
  });

  await page.getByRole("link", { name: "Admin", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Administration" })).toBeVisible();
  const invites = page.getByRole("region", { name: "Invitations", exact: true });
  await story.step("an invitation is made once the password is given, with the days that were typed", async () => {
    await forgetConfirmation(product, admin);
    await invites.getByLabel("Counts for, days").fill("30");
    await invites.getByRole("button", { name: "Make an invitation" }).press("Enter");
    await expect(identity(page).getByLabel("Password", { exact: true })).toBeFocused();
    expect(await findFaults(page)).toEqual([]);
    await confirm(page, "not the password");
    await expect(identity(page).getByRole("alert")).toContainText("The password is not right.");
    await confirm(page, PASSWORD);
    await expect(identity(page)).toHaveCount(0);
    await expect(invites.getByText("This code is shown once.")).toBeVisible();
    await expect(invites.getByText("Open", { exact: true })).toHaveCount(1);
    const days = await withDatabase(product.databaseUrl(), ({ find }) =>
      find(
        `SELECT a.details ->> 'days' FROM audit_entries a JOIN users u ON u.id = a.actor_id
          WHERE u.email = $1 AND a.action = 'invite-created'`,
        admin.email,
      ),
    );
    expect(days).toBe("30");
    expect(await findFaults(page)).toEqual([]);
  });

  await story.step("it is taken back", async () => {
    await invites.getByRole("button", { name: /^Take back the invitation/ }).click();
    await expect(invites.getByText("Taken back")).toBeVisible();
  });

  await story.step("a user is found by a part of the address, and nobody by what none has", async () => {
    const users = page.getByRole("region", { name: "Users", exact: true });
    const search = users.getByRole("searchbox", { name: "Part of an e-mail" });
    await search.fill("nobody has this");
    await search.press("Enter");
    await expect(users).toContainText("No such user");
    expect(await findFaults(page)).toEqual([]);
    await search.fill(trader.email.slice(0, 30).toUpperCase());
    await search.press("Enter");
    await expect(users.getByRole("row")).toHaveCount(2);
    await expect(users).toContainText(trader.email);
  });

  await story.step("who is blocked is out at once, and comes in again once that is taken back", async () => {
    await page.getByRole("button", { name: `Block ${trader.email}` }).click();
    const dialog = page.getByRole("dialog", { name: `Block ${trader.email}` });
    await expect(dialog).toContainText("1 session will end at once, and the user cannot sign in. 0 bots will go on");
    await forgetConfirmation(product, admin);
    await dialog.getByRole("button", { name: "Block" }).click();
    await expect(identity(page)).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(dialog.getByRole("alert")).toContainText("Confirm your password, then do this again.");
    await dialog.getByRole("button", { name: "Block" }).click();
    await confirm(page, PASSWORD);
    await expect(dialog).toHaveCount(0);
    await expect(other).toHaveURL(/\/sign-in$/);
    await other.getByLabel("E-mail").fill(trader.email);
    await other.getByLabel("Password").fill(PASSWORD);
    await other.getByRole("button", { name: "Sign in" }).click();
    await expect(other.getByText("E-mail and password do not match")).toBeVisible();
    await page.getByRole("button", { name: `Unblock ${trader.email}` }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Unblock" }).click();
    await expect(page.getByRole("button", { name: `Block ${trader.email}` })).toBeVisible();
    await signIn(other, trader);
  });
  await other.context().close();
});

story(
  "a trader's withdrawal goes on after the password, and the market's speed is not the trader's to set",
  async ({ page, product, trouble }) => {
    trouble.expect(/status of 403/);
    const trader = await makeUser(product.databaseUrl(), "trader");
    await signIn(page, trader);
    await page.goto("/accounts");
    await page.locator("main").getByRole("button", { name: "Open an account" }).click();
    await page.getByRole("dialog").getByLabel("Name").fill("Practice");
    await page.getByRole("dialog").getByLabel("Capital, USDT").fill("1000");
    await page.getByRole("dialog").getByRole("button", { name: "Open the account" }).click();
    const free = page.locator("dl div", { hasText: "Free: in no bot" });
    await expect(free).toContainText("1,000.00 USDT");

    await forgetConfirmation(product, trader);
    await page.getByRole("button", { name: "Withdraw from Practice" }).click();
    const dialog = page.getByRole("dialog", { name: "Withdraw from Practice" });
    await dialog.getByLabel("Amount, USDT").fill("250.5");
    await dialog.getByRole("button", { name: "Withdraw", exact: true }).click();
    await expect(identity(page)).toBeVisible();
    expect(await findFaults(page)).toEqual([]);
    await page.keyboard.press("Escape");
    await expect(dialog.getByLabel("Amount, USDT")).toHaveValue("250.5");
    await dialog.getByRole("button", { name: "Withdraw", exact: true }).click();
    await confirm(page, PASSWORD);
    await expect(page.getByRole("dialog")).toHaveCount(0);
    await expect(free).toContainText("749.50 USDT");

    await page.reload();
    const speeds = bandOf(page).getByRole("button");
    await expect(speeds.first()).toBeDisabled();
    expect(await speeds.evaluateAll((all) => all.every((each) => each.matches(":disabled")))).toBe(true);
    await expect(bandOf(page)).toContainText(/Only an administrator and the demo's own login set the speed/);
    expect(await findFaults(page)).toEqual([]);
  },
);

story("a file is taken after the password, and not without", async ({ page, product, trouble }) => {
  trouble.expect(/status of 403/);
  await signIn(page, product);
  const bot = await withDatabase(product.databaseUrl(), ({ find }) =>
    find("SELECT b.id FROM bots b JOIN users u ON u.id = b.user_id WHERE u.email = $1 LIMIT 1", product.email),
  );
  await page.goto(`/bots/${bot}?view=trades`);
  await expect(page.getByText("Live", { exact: true })).toBeVisible();
  await forgetConfirmation(product, product);
  const link = page.getByRole("link", { name: "Export trades as CSV" });
  await link.click();
  await expect(identity(page)).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByText("Confirm your password, then do this again.")).toBeVisible();
  const download = page.waitForEvent("download");
  await link.click();
  await confirm(page, product.password);
  expect((await download).suggestedFilename()).toMatch(/^trades-.*\.csv$/);

  await story.step("a file that is refused leaves the page as it is, and says why", async () => {
    await page.route("**/api/exports/**", (route) =>
      route.fulfill({ status: 429, json: { error: { message: "You made 20 exports within an hour." } } }),
    );
    trouble.expect(/status of 429/);
    await link.click();
    await expect(page.getByRole("alert").filter({ hasText: "You made 20 exports" })).toBeVisible();
    await expect(page).toHaveURL(/view=trades/);
    await page.unroute("**/api/exports/**");
  });
});
