import { expect } from "@playwright/test";
import { withDatabase, type DemoDatabase } from "./support/demo-database";
import { signIn } from "./support/sign-in";
import { story } from "./support/story";
import { ask, dialogOf, expectStatus, tell } from "./support/tell-bot";
import { setSpeed } from "./support/venue-speed";

const LONG_MS = 300_000;
/** A position with a stop, opened by a bot of the user with this address that runs. */
const OPEN = `SELECT p.id FROM positions p JOIN bots b ON b.id = p.bot_id JOIN users u ON u.id = b.user_id
  WHERE u.email = $1 AND p.closed_at IS NULL AND p.stop_loss IS NOT NULL
  AND b.status = 'running' AND jsonb_typeof(coalesce(p.exit_plan->'closeOrderedAt', 'null')) = 'null' ORDER BY p.opened_at DESC LIMIT 1`;
/** A stop nearer by a twentieth of the way to the mark: so little that the market seldom takes it at once. */
const NEARER = `SELECT round(stop_loss + (mark - stop_loss) / 20, scale(trim_scale(m.tick)))::text
  FROM positions p JOIN markets m ON m.id = p.market_id WHERE p.id = $1`;
/** The bots of the user with this address. */
const OWN = "SELECT b.* FROM bots b JOIN users u ON u.id = b.user_id WHERE u.email = $1";
const LAST_COMMAND = `SELECT state || coalesce(': ' || reason, '') FROM commands WHERE kind::text = $1 AND state IN ('done', 'refused')
  AND asked_at >= $2::timestamptz ORDER BY asked_at DESC LIMIT 1`;

const now = (database: DemoDatabase): Promise<string> => database.waitFor("a time", "SELECT clock_timestamp()::text");

story("a trader moves a stop and closes a position: both come with the next candle", async ({ page, product }) => {
  story.setTimeout(LONG_MS);
  await signIn(page, product);
  await withDatabase(product.databaseUrl(), async (database) => {
    await database.waitFor("an open position", OPEN, product.email);
    // Slower, one that is open now does not close by itself meanwhile.
    await setSpeed(page, "60×");
    const positionId = await database.waitFor("an open position", OPEN, product.email);
    await page.goto(`/positions/${positionId}`);
    await expect(page.getByText("Live", { exact: true })).toBeVisible();
    const since = await now(database);
    const level = await database.waitFor("a level", NEARER, positionId);
    await ask(page, "Move stop").click();
    await dialogOf(page).getByLabel("New stop price").fill("nothing");
    await expect(dialogOf(page)).toContainText("Enter a price such as");
    await dialogOf(page).getByLabel("New stop price").fill(level);
    await expect(dialogOf(page)).toContainText("If it fills there, the position makes");
    await dialogOf(page).getByRole("button", { name: "Move it" }).click();
    await expect(dialogOf(page)).toHaveCount(0);
    expect(await database.waitFor("a moved stop", LAST_COMMAND, "move-stop", since)).toBe("done");

    await ask(page, "Close").click();
    await expect(dialogOf(page)).toContainText("It leaves at the open of the next candle");
    await dialogOf(page).getByRole("button", { name: "Close it" }).click();
    expect(await database.waitFor("a closed position", LAST_COMMAND, "close-position", since)).toBe("done");
    await expect(page.getByText(/^Closed: /)).toBeVisible();
    await setSpeed(page, "720×");
  });
});

story(
  "the panic button stops every bot and closes what they hold, and each can be resumed",
  async ({ page, product }) => {
    story.setTimeout(LONG_MS);
    await signIn(page, product);
    await withDatabase(product.databaseUrl(), async (database) => {
      await page.goto("/bots");
      await expect(page.getByText("Live", { exact: true })).toBeVisible();
      await tell(page, "Stop everything", /Stops \d+ bots: none of them opens anything any more/);
      await database.waitFor(
        "all stopped",
        `SELECT 1 WHERE NOT EXISTS (SELECT FROM (${OWN}) b WHERE status NOT IN ('stopped', 'archived'))`,
        product.email,
      );
      await database.waitFor(
        "all closed",
        `SELECT 1 WHERE NOT EXISTS (SELECT FROM positions p JOIN (${OWN}) b ON b.id = p.bot_id WHERE p.closed_at IS NULL)`,
        product.email,
      );
      await database.waitFor(
        "all commands ended",
        "SELECT 1 WHERE NOT EXISTS (SELECT FROM commands WHERE state IN ('asked', 'taken'))",
      );
      for (;;) {
        const botId = await database.find(`SELECT id FROM (${OWN}) b WHERE status = 'stopped' LIMIT 1`, product.email);
        if (botId === null) break;
        await page.goto(`/bots/${botId}`);
        await expect(page.getByText("Live", { exact: true })).toBeVisible();
        await tell(page, "Resume", /From its next slot on/);
        await expectStatus(database, botId, "running");
      }
    });
  },
);
