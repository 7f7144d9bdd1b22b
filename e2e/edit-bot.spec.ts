import { expect, type Locator, type Page } from "@playwright/test";
import { withDatabase } from "./support/demo-database";
import { expectNoFault } from "./support/find-faults";
import { signIn } from "./support/sign-in";
import { story } from "./support/story";
import { tabTo } from "./support/tab-to";
import { pauseWithPosition } from "./support/lasting-position";
import { setSpeed } from "./support/venue-speed";

const LONG_MS = 900_000;

/** The bot that holds this position, and the position's stop. */
const HOLDER = `SELECT b.id || ' ' || p.stop_loss || ' ' || b.settings_version || ' ' || b.interval_seconds
  FROM positions p JOIN bots b ON b.id = p.bot_id WHERE p.id = $1`;
const CYCLE_BY = `SELECT c.id FROM cycles c WHERE c.bot_id = $1 AND c.settings_version = $2::int AND c.status = 'done' LIMIT 1`;
const VERSION = `SELECT b.interval_seconds::text FROM bots b WHERE b.id = $1 AND b.settings_version = $2::int`;
const APPLIED = `SELECT state || coalesce(': ' || reason, '') FROM commands WHERE bot_id = $1 AND kind::text = 'apply-exits'
  AND state IN ('done', 'refused') ORDER BY asked_at DESC LIMIT 1`;
/** After so many minutes; or the run that applied it closed the position, by what its mode found at that candle. */
const TIME_EXIT = `SELECT CASE WHEN closed_at IS NULL
    THEN ((exit_plan ->> 'timeExitAt')::bigint / 60000 - extract(epoch FROM opened_at) / 60)::int::text ELSE 'closed' END
  FROM positions WHERE id = $1 AND (closed_at IS NOT NULL OR exit_plan ->> 'timeExitAt' IS NOT NULL)`;
/** With the plan of its own version and its stop. */
const KEPT = `SELECT settings_version::text FROM positions WHERE id = $1 AND stop_loss = $2::numeric`;

const panelOf = (page: Page): Locator => page.getByRole("region", { name: "Changes", exact: true });
const minutesOf = (seconds: string): string => String(Number(seconds) / 60);

story(
  "a trader edits a bot by keyboard, its next cycle uses it, and a version is restored",
  async ({ page, product }) => {
    story.setTimeout(LONG_MS);
    await signIn(page, product);
    await withDatabase(product.databaseUrl(), async (database) => {
      await page.goto("/bots");
      const positionId = await pauseWithPosition(page, database, product.email);
      const found = await database.waitFor("its bot", HOLDER, positionId);
      const [botId = "", stop = "", version = "", interval = ""] = found.split(" ");
      const [next, restored] = [String(Number(version) + 1), String(Number(version) + 2)];
      const other = minutesOf(interval) === "90" ? "120" : "90";

      await story.step("the form says what differs and what stays, and keeps what was entered", async () => {
        await page.goto(`/bots/${botId}`);
        await tabTo(page, page.locator("main").getByRole("link", { name: "Edit", exact: true }));
        await page.keyboard.press("Enter");
        await expect(page).toHaveURL(new RegExp(`/bots/${botId}/edit$`));
        await expect(panelOf(page)).toContainText(`Nothing differs from version ${version}`);
        await expect(page.getByRole("button", { name: "Save changes" })).toBeDisabled();
        await expect(page.getByText("Each keeps its stop, its target and its further exits")).toBeVisible();
        const field = page.getByLabel("Interval", { exact: true });
        await tabTo(page, field);
        await page.keyboard.press("Control+A");
        await page.keyboard.type(other);
        await expect(panelOf(page)).toContainText("Trading: Interval");
        await page.getByRole("heading", { name: "Further exits" }).click();
        await page.getByLabel("Longest time", { exact: true }).fill("50000");
        await expect(panelOf(page)).toContainText("Exits: Time exit");
        await page.reload();
        await expect(field).toHaveValue(other);
        await expect(panelOf(page)).toContainText("Trading: Interval");
        await expectNoFault(page);
      });

      await story.step("the next cycle runs by it, and the open position keeps its plan", async () => {
        await tabTo(page, page.getByRole("button", { name: "Save changes" }));
        await page.keyboard.press("Enter");
        await expect(page).toHaveURL(new RegExp(`/bots/${botId}\\?view=settings$`));
        await expect(page.getByText(`Version ${next} of its settings`)).toBeVisible();
        expect(await database.waitFor("the version", VERSION, botId, next)).toBe(String(Number(other) * 60));
        expect(Number(await database.waitFor("the position", KEPT, positionId, stop))).toBeLessThanOrEqual(
          Number(version),
        );
      });

      await story.step("the open position takes up the new exits once it is told to", async () => {
        await page.getByRole("button", { name: "Apply new exits", exact: true }).click();
        const dialog = page.getByRole("dialog");
        await expect(dialog).toContainText(`follow version ${next} of the settings`);
        await expect(dialog).toContainText("Further exits");
        await expectNoFault(page);
        const agreement = dialog.getByRole("checkbox");
        if ((await agreement.count()) > 0) await agreement.check();
        await dialog.getByRole("button", { name: "Apply", exact: true }).click();
        await expect(dialog).toHaveCount(0);
        // It takes effect with the next candle.
        await setSpeed(page, "60×");
        // The bot may hold more than one, and the others may close before.
        expect(await database.waitFor("the command's end", APPLIED, botId)).toMatch(/^done(: |$)/);
        expect(await database.waitFor("its time exit", TIME_EXIT, positionId)).toMatch(/^(50000|closed)$/);
        await setSpeed(page, "720×");
        await database.waitFor("a cycle by it", CYCLE_BY, botId, next);
      });

      await story.step("the version before is restored, with the difference shown first", async () => {
        await page.goto(`/bots/${botId}/versions`);
        await expectNoFault(page);
        await page.getByRole("button", { name: `Restore version ${version}`, exact: true }).click();
        const dialog = page.getByRole("dialog");
        await expect(dialog).toContainText("Trading: Interval");
        await dialog.getByRole("button", { name: "Restore", exact: true }).click();
        await expect(dialog).toHaveCount(0);
        await expect(page.getByRole("heading", { name: `Version ${restored}`, exact: true })).toBeVisible();
        await expect(page.getByText(`restored from version ${version}`)).toBeVisible();
        expect(await database.waitFor("the version", VERSION, botId, restored)).toBe(interval);
      });
    });
  },
);
