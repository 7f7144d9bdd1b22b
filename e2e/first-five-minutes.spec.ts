import { expect, type Page } from "@playwright/test";
import { FAST_BOT } from "./support/demo-ids";
import { readShift, watchShift } from "./support/measure-shift";
import { signIn } from "./support/sign-in";
import { story } from "./support/story";
import { bandOf, marketTimeOf, setSpeed } from "./support/venue-speed";

/** Only catches a market that stands still: a busy machine may need most of this time. */
const DECISION_MS_MAX = 300_000;
const FILL_MS_MAX = 300_000;
/** How much layout shift an overview may have while bots trade. */
const SHIFT_MAX = 0.1;
const STAGES = ["Market", "Portfolio", "Decision", "Risk", "Execution"];
/** A measured value: without one, a rule or condition explains nothing. */
const FIGURE = /\d/;

const hrefsOf = (page: Page, selector: string): Promise<string[]> =>
  page.locator(selector).evaluateAll((links) => links.map((link) => link.getAttribute("href") ?? ""));

/** Waits, without a reload, until the page has a link that it did not have before; returns its href. */
const newLink = async (page: Page, selector: string, timeout: number): Promise<string> => {
  const before = new Set(await hrefsOf(page, selector));
  let fresh: string | undefined;
  const look = async () => (fresh = (await hrefsOf(page, selector)).find((href) => !before.has(href)));
  await expect.poll(look, { timeout, message: `a new ${selector}` }).toBeDefined();
  return fresh ?? "";
};

story(
  "a newcomer sees bots trade, asks why, sets the pace and leaves, within five minutes",
  async ({ page, product }) => {
    story.setTimeout(DECISION_MS_MAX + FILL_MS_MAX + 120_000);
    await watchShift(page);

    await story.step("signs in and sees every bot with its equity", async () => {
      await page.goto("/");
      await page.getByRole("link", { name: "Sign in" }).click();
      await signIn(page, product);
      await expect(page.getByRole("heading", { level: 1, name: "Overview" })).toBeVisible();
      await expect(bandOf(page)).toContainText("DEMO");
      for (const name of ["Trinity 1h", FAST_BOT, "Scripted model 1h", "Buy and hold"]) {
        const row = page.locator("main li").filter({ has: page.getByRole("link", { name, exact: true }) });
        await expect(row.filter({ hasText: /\d+,\d{3}\.\d\d USDT/ })).not.toHaveCount(0);
      }
    });

    await story.step("sees a new, explained decision of the fast bot come without a reload", async () => {
      await page.locator("main").getByRole("link", { name: FAST_BOT, exact: true }).last().click();
      await expect(page.getByRole("heading", { level: 1 })).toContainText(FAST_BOT);
      await page.locator('main a[href*="view=decisions"]').first().click();
      await expect(page).toHaveURL(/view=decisions/);
      await page.evaluate(() => Object.assign(window, { isSamePage: true }));
      const cycle = await newLink(page, 'main table a[href^="/cycles/"]', DECISION_MS_MAX);
      const row = page
        .locator("main tr")
        .filter({ has: page.locator(`a[href="${cycle}"]`) })
        .first();
      // The cells are pair, decision, score and reason.
      await expect(row.getByRole("cell").nth(3)).toHaveText(/\w{3,}/);
      expect(await page.evaluate(() => "isSamePage" in window)).toBe(true);
    });

    await story.step("sees a new fill of it, and opens the cycle behind it", async () => {
      await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Overview" }).click();
      await expect(page.getByRole("heading", { level: 1, name: "Overview" })).toBeVisible();
      await expect(page.locator(".animate-pulse")).toHaveCount(0);
      const shiftBefore = (await readShift(page)).total;
      const fillsOfFastBot = `main li:has-text("${FAST_BOT}") a[href^="/positions/"]`;
      const position = await newLink(page, fillsOfFastBot, FILL_MS_MAX);
      const { total, sources } = await readShift(page);
      expect(total - shiftBefore, JSON.stringify(sources)).toBeLessThan(SHIFT_MAX);
      await page.locator(`a[href="${position}"]`).first().click();
      await expect(page).toHaveURL(/\/positions\//);
      await page.locator('main a[href^="/cycles/"]').first().click();
      await expect(page).toHaveURL(/\/cycles\//);
    });

    await story.step(
      "reads why another pair was held or refused: each condition or rule with its numbers",
      async () => {
        const main = page.locator("main");
        for (const name of STAGES) await expect(main.getByText(name, { exact: true }).first()).toBeVisible();
        // Pairs with a decision to trade come first, so the last pair was held or refused.
        const other = main.locator('details[id^="decision"]').last();
        if ((await other.getAttribute("open")) === null) await other.locator("summary").click();
        await expect(other.locator("summary")).toHaveText(/\w{3,} \w+ \w+/);
        await expect(other.locator("tbody tr").filter({ hasText: FIGURE }).nth(2)).toBeVisible();
      },
    );

    await story.step("slows the market down, stops it, and lets it go on", async () => {
      await setSpeed(page, "60×");
      await setSpeed(page, "3600×");
      await setSpeed(page, "Pause");
      await expect(bandOf(page)).toContainText(/paused/i);
      let stopped: string | null = null;
      // A pause begins a second after it was asked for. A market that still runs shows another minute after each load.
      await expect(async () => {
        await page.reload();
        stopped = await marketTimeOf(page).textContent();
        await page.reload();
        expect(await marketTimeOf(page).textContent()).toBe(stopped);
      }).toPass();
      await setSpeed(page, "720×");
      await expect(marketTimeOf(page)).not.toHaveText(stopped ?? "");
    });

    await story.step("signs out, and the pages are closed", async () => {
      await page.getByRole("button", { name: "Sign out" }).click();
      await expect(page).toHaveURL(/\/sign-in/);
      await page.goto("/overview");
      await expect(page).toHaveURL(/\/sign-in/);
    });
  },
);
