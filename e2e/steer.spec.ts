import { expect, type Page } from "@playwright/test";
import { withDatabase, type DemoDatabase } from "./support/demo-database";
import { pauseWithPosition } from "./support/lasting-position";
import { signIn } from "./support/sign-in";
import { story } from "./support/story";
import { ask, dialogOf, expectStatus, tell } from "./support/tell-bot";
import { setSpeed } from "./support/venue-speed";

const LONG_MS = 900_000;
/** A stop nearer by a twentieth of the way to the mark: so little that the market seldom takes it at once. */
const NEARER = `SELECT round(stop_loss + (mark - stop_loss) / 20, scale(trim_scale(m.tick)))::text
  FROM positions p JOIN markets m ON m.id = p.market_id WHERE p.id = $1`;
/** The bots of the user with this address. */
const OWN = "SELECT b.* FROM bots b JOIN users u ON u.id = b.user_id WHERE u.email = $1";
const LAST_COMMAND = `SELECT state || coalesce(': ' || reason, '') FROM commands WHERE kind::text = $1 AND state IN ('done', 'refused')
  AND asked_at >= $2::timestamptz ORDER BY asked_at DESC LIMIT 1`;

const now = (database: DemoDatabase): Promise<string> => database.waitFor("a time", "SELECT clock_timestamp()::text");

/**
 * Lets a paused market go on until the command has ended, which takes effect with the next candle. A position may close
 * by itself before: then the command is refused, with this word.
 */
const endAtNextCandle = async (
  page: Page,
  database: DemoDatabase,
  { kind, since }: { readonly kind: string; readonly since: string },
): Promise<"done" | "gone"> => {
  await setSpeed(page, "60×");
  const end = await database.waitFor(`an end of ${kind}`, LAST_COMMAND, kind, since);
  if (end !== "done") expect(end).toBe("refused: it has no such open position");
  return end === "done" ? "done" : "gone";
};

/** Moves the stop of a lasting position, and closes it. False: it closed by itself before. */
const moveAndClose = async (page: Page, database: DemoDatabase, email: string): Promise<boolean> => {
  const positionId = await pauseWithPosition(page, database, email);
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
  if ((await endAtNextCandle(page, database, { kind: "move-stop", since })) === "gone") return false;

  await setSpeed(page, "Pause");
  if (await page.getByText(/^Closed: /).isVisible()) return false;
  await ask(page, "Close").click();
  await expect(dialogOf(page)).toContainText("It leaves at the open of the next candle");
  await dialogOf(page).getByRole("button", { name: "Close it" }).click();
  await expect(dialogOf(page)).toHaveCount(0);
  return (await endAtNextCandle(page, database, { kind: "close-position", since })) === "done";
};

story("a trader moves a stop and closes a position: both come with the next candle", async ({ page, product }) => {
  story.setTimeout(LONG_MS);
  await signIn(page, product);
  await withDatabase(product.databaseUrl(), async (database) => {
    while (!(await moveAndClose(page, database, product.email)));
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
      await tell(page, "Stop everything and close", /Stops \d+ bots: none of them opens anything any more/);
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
