import { expect, type Page } from "@playwright/test";
import { createByKeyboard, chooseStart } from "./support/bot-form";
import { withDatabase, type DemoDatabase } from "./support/demo-database";
import { expectNoFault, findFaults } from "./support/find-faults";
import { newLogin } from "./support/people";
import type { Login } from "./support/sign-in";
import { story } from "./support/story";
import { tabThrough, tabTo } from "./support/tab-to";
import { ask, dialogOf, expectStatus, tellByKeyboard } from "./support/tell-bot";

const LONG_MS = 420_000;
const DECISION_MS_MAX = 120_000;
/** It decides at its first slot, and holds something from then on. */
const START = "Buy and hold";
const HELD = "SELECT count(*)::text FROM positions WHERE bot_id = $1 AND closed_at IS NULL HAVING count(*) > 0";
const NOTHING_HELD = "SELECT 1 WHERE NOT EXISTS (SELECT FROM positions WHERE bot_id = $1 AND closed_at IS NULL)";
const VERSION_TWO = "SELECT interval_seconds::text FROM bots WHERE id = $1 AND settings_version = 2";
const ARCHIVED = "SELECT (archived_at IS NOT NULL)::text FROM bots WHERE id = $1 AND status = 'archived'";
const AUDITED = `SELECT string_agg(kind::text, ' ' ORDER BY asked_at) FROM commands c JOIN users u ON u.id = c.actor_id
  WHERE c.bot_id = $1 AND u.email = $2 AND c.state = 'done'`;

const follow = async (page: Page, name: string, to: RegExp): Promise<void> => {
  await tabTo(page, page.getByRole("link", { name, exact: true }));
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(to);
};

const type = async (page: Page, label: string, text: string): Promise<void> => {
  await tabTo(page, page.getByLabel(label, { exact: true }));
  await page.keyboard.press("Control+A");
  await page.keyboard.type(text);
};

const press = async (page: Page, name: string): Promise<void> => {
  await tabTo(page, page.getByRole("button", { name, exact: true }));
  await page.keyboard.press("Enter");
};

/** A password that is easy to guess is told as such, and never sent; a good one is shown on request and lets in. */
const registerByKeyboard = async (page: Page, { email, password }: Login): Promise<void> => {
  await page.goto("/");
  await follow(page, "Sign in", /\/sign-in$/);
  await follow(page, "Create an account", /\/register$/);
  await type(page, "E-mail", email);
  await type(page, "Password", "passw");
  await expect(page.getByText("7 more characters")).toBeVisible();
  await page.keyboard.type("ord1234");
  await expect(page.getByText(/It is too easy to guess/)).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("alert").filter({ hasText: "The password is too easy to guess" })).toBeFocused();
  expect(await findFaults(page)).toEqual([]);
  await type(page, "Password", password);
  await expect(page.getByText("Strong", { exact: true })).toBeVisible();
  await expect(page.getByLabel("Password")).toHaveAttribute("type", "password");
  await tabTo(page, page.getByRole("button", { name: "Show" }));
  await page.keyboard.press("Enter");
  await expect(page.getByLabel("Password")).toHaveAttribute("type", "text");
  await press(page, "Create the account");
  await expect(page).toHaveURL(/\/overview$/);
  await expect(page.locator("main")).toContainText(/no bots yet/i);
};

const createBot = async (page: Page): Promise<string> => {
  await follow(page, "Overview", /\/overview$/);
  await follow(page, "Create a bot", /\/bots\/new$/);
  await expect(page.getByRole("button", { name: "Create bot" })).toBeVisible();
  await chooseStart(page, START);
  const account = page.getByLabel("Account", { exact: true });
  await tabTo(page, account);
  await page.keyboard.press("ArrowDown");
  await expect(account.locator("option:checked")).toContainText("Practice: 3,000.00 USDT free");
  await type(page, "Of it for this bot", "2500");
  await createByKeyboard(page);
  await expect(
    page
      .getByText("before its first cycle")
      .or(page.getByText(/, at \d{4}-/))
      .first(),
  ).toBeVisible();
  return new URL(page.url()).pathname.split("/")[2] ?? "";
};

/** Of a pair: what was asked, with the numbers, and what the gate said. */
const readDecision = async (page: Page): Promise<void> => {
  await follow(page, "Decisions", /view=decisions/);
  const decided = page.locator('main table a[href^="/cycles/"]');
  await expect(decided.first()).toBeVisible({ timeout: DECISION_MS_MAX });
  await tabTo(page, decided);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/cycles\//);
  await expect(page.locator("main summary").first()).toBeVisible();
  await expect(page.locator("main tbody tr").filter({ hasText: /\d/ }).first()).toBeVisible();
  // The links to five stages, then each pair's decision, which can be opened.
  const passed = await tabThrough(page);
  expect(passed.filter((name) => name.startsWith("summary")).length).toBeGreaterThan(1);
};

const pauseAndResume = async (page: Page, database: DemoDatabase, botId: string): Promise<void> => {
  await tabTo(page, ask(page, "Pause"));
  await page.keyboard.press("Enter");
  await expect(dialogOf(page)).toContainText("It opens nothing until you resume it");
  await expectNoFault(page);
  await page.keyboard.press("Escape");
  await expect(dialogOf(page)).toHaveCount(0);
  await expect(ask(page, "Pause")).toBeFocused();
  await page.keyboard.press("Shift+Tab");
  await tellByKeyboard(page, "Pause", /It opens nothing until you resume it/);
  await expectStatus(database, botId, "paused");
  await expect(page.locator("main").getByText("Paused", { exact: true }).first()).toBeVisible();
  await tellByKeyboard(page, "Resume", /From its next slot on/);
  await expectStatus(database, botId, "running");
  await expect(ask(page, "Pause")).toBeVisible();
};

const edit = async (page: Page, database: DemoDatabase, botId: string): Promise<void> => {
  await follow(page, "Edit", /\/edit$/);
  await expect(page.getByRole("button", { name: "Save changes" })).toBeDisabled();
  await type(page, "Interval", "90");
  await press(page, "Save changes");
  await expect(page).toHaveURL(/view=settings$/);
  expect(await database.waitFor("the version", VERSION_TWO, botId)).toBe("5400");
};

/** It says what keeps it from being archived, until it holds nothing. */
const archive = async (page: Page, database: DemoDatabase, botId: string): Promise<void> => {
  await database.waitFor("a position", HELD, botId);
  await tellByKeyboard(page, "Stop", /It has no more cycles/);
  await expectStatus(database, botId, "stopped");
  await expect(ask(page, "Archive")).toBeDisabled();
  await expect(ask(page, "Archive")).toHaveAccessibleDescription(/It can be archived once its .*closed/);
  await expect(page.locator("main p").filter({ hasText: /It can be archived once/ })).toBeVisible();
  await expectNoFault(page);
  await tellByKeyboard(page, "Close all", /It closes \d+ open position/);
  await database.waitFor("a bot that holds nothing", NOTHING_HELD, botId);
  await expect(ask(page, "Archive")).toBeEnabled();
  await tellByKeyboard(page, "Archive", /It leaves all lists for good/);
  await expectStatus(database, botId, "archived");
  expect(await database.find(ARCHIVED, botId)).toBe("true");
};

story(
  "who comes registers, has a bot trade, steers, edits and archives it by keyboard alone",
  async ({ page, product }) => {
    story.setTimeout(LONG_MS);
    const login = newLogin();
    await withDatabase(product.databaseUrl(), async (database) => {
      await story.step("registers", () => registerByKeyboard(page, login));
      await story.step("opens an account", async () => {
        await follow(page, "Accounts", /\/accounts$/);
        await press(page, "Open an account");
        await page.keyboard.type("Practice");
        await type(page, "Capital, USDT", "3000");
        await page.keyboard.press("Enter");
        await expect(page.locator("dl div", { hasText: "Free: in no bot" })).toContainText("3,000.00 USDT");
      });
      let botId = "";
      await story.step("creates a bot on it", async () => void (botId = await createBot(page)));
      await story.step("reads its first decision, the focus always in sight and held by nothing", () =>
        readDecision(page),
      );
      await story.step("goes back to it by the list", async () => {
        await follow(page, "Bots", /\/bots$/);
        await tabTo(page, page.getByRole("link", { name: "Skip to the page" }));
        await page.keyboard.press("Enter");
        await follow(page, START, new RegExp(`/bots/${botId}$`));
        await expect(page.getByText("Live", { exact: true })).toBeVisible();
      });
      await story.step("pauses it, and lets it go on", () => pauseAndResume(page, database, botId));
      await story.step("edits it", () => edit(page, database, botId));
      await story.step("stops, empties and archives it", () => archive(page, database, botId));
      await story.step("finds it in no list, its money free again, and what was told on record", async () => {
        expect(await database.find(AUDITED, botId, login.email)).toBe("pause resume stop close-all archive");
        await follow(page, "Bots", /\/bots$/);
        await expect(page.locator("main")).toContainText(/no bots yet/i);
        await follow(page, "Accounts", /\/accounts$/);
        await expect(page.locator("main")).toContainText("No bot trades this account.");
      });
    });
  },
);
