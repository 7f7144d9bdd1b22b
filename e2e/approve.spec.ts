import { expect, type Locator, type Page } from "@playwright/test";
import { withDatabase, type DemoDatabase } from "./support/demo-database";
import { FAST_BOT } from "./support/demo-ids";
import { expectNoFault } from "./support/find-faults";
import { signIn } from "./support/sign-in";
import { story } from "./support/story";
import { dialogOf } from "./support/tell-bot";
import { tabTo } from "./support/tab-to";
import { setSpeed } from "./support/venue-speed";

const LONG_MS = 900_000;
const FAST = `SELECT b.id FROM bots b JOIN users u ON u.id = b.user_id WHERE u.email = $1 AND b.name = $2`;
/** The next version of a bot's settings: with an approval, or by itself again. */
const nextVersion = (settings: string): string => `WITH made AS (
    INSERT INTO bot_settings (bot_id, version, settings)
    SELECT b.id, b.settings_version + 1, ${settings} FROM bots b JOIN bot_settings s ON s.bot_id = b.id AND s.version = b.settings_version
    WHERE b.id = $1 RETURNING bot_id, version)
  UPDATE bots b SET settings_version = m.version FROM made m WHERE b.id = m.bot_id RETURNING b.id`;
const asking = (minutes: number): string =>
  nextVersion(`s.settings || '{"approval": {"minutes": ${minutes}, "bandFraction": 0.2}}'`);
const ASK = asking(2);
/** What nobody answers is waited for no longer than it must be. */
const ASK_BRIEFLY = asking(1);
const ASK_NOBODY = nextVersion("s.settings - 'approval'");
const OPEN = "SELECT id FROM proposals WHERE bot_id = $1 AND state = 'proposed' ORDER BY created_at DESC LIMIT 1";
/** The proposal that was placed, or else one that ended otherwise, since a time. */
const ENDED = `SELECT CASE state WHEN 'placed' THEN id::text ELSE '' END FROM proposals WHERE bot_id = $1
  AND ended_at > $2::timestamptz AND state IN ('placed', 'refused', 'expired') ORDER BY state = 'placed' DESC LIMIT 1`;
const NOW = "SELECT clock_timestamp()::text";
const IN_STATE = "SELECT id FROM proposals WHERE id = $1 AND state::text = $2";
/** How a position was entered: by the intent of the run that the acceptance started. */
const ENTERED = `SELECT f.position_id FROM proposals p JOIN cycles c ON c.command_id = p.command_id JOIN order_intents i ON i.cycle_id = c.id
  JOIN orders o ON o.intent_id = i.id JOIN fills f ON f.order_id = o.id WHERE p.id = $1`;
const UNAPPROVED = `SELECT i.id FROM order_intents i JOIN cycles c ON c.id = i.cycle_id JOIN bot_settings s ON s.bot_id = c.bot_id
  AND s.version = c.settings_version WHERE i.bot_id = $1 AND i.purpose = 'entry' AND s.settings ? 'approval' AND c.command_id IS NULL LIMIT 1`;

const panelOf = (page: Page): Locator => page.getByRole("region", { name: "Proposals", exact: true });

/** Has something proposed, and the market slow enough that nothing newer takes its place. */
const awaitProposal = async (page: Page, database: DemoDatabase, botId: string): Promise<string> => {
  await setSpeed(page, "720×");
  await database.waitFor("a proposal", OPEN, botId);
  await setSpeed(page, "60×");
  return database.waitFor("the newest proposal", OPEN, botId);
};

const acceptByKeyboard = async (page: Page): Promise<void> => {
  const accept = panelOf(page).getByRole("button", { name: /^Accept / });
  await expect(accept.first()).toBeVisible();
  await expectNoFault(page);
  await tabTo(page, accept);
  await page.keyboard.press("Enter");
  await expect(dialogOf(page)).toContainText("The risk gate judges it again");
  await tabTo(page, dialogOf(page).getByRole("button", { name: "Accept", exact: true }));
  await page.keyboard.press("Enter");
  await expect(dialogOf(page)).toHaveCount(0);
};

/**
 * Accepts proposals until one is entered; returns it. The market goes on meanwhile, so the gate may refuse one that it
 * let pass before, or its price may leave the band: then the trader takes the next one.
 */
const acceptUntilPlaced = async (page: Page, database: DemoDatabase, botId: string): Promise<string> => {
  for (;;) {
    const since = await database.waitFor("a time", NOW);
    await page.goto("/overview");
    await awaitProposal(page, database, botId);
    await page.goto(`/bots/${botId}`);
    await acceptByKeyboard(page);
    const placed = await database.waitFor("an end of a proposal", ENDED, botId, since);
    if (placed !== "") return placed;
  }
};

const NOT_ENTERED = "SELECT id FROM proposals WHERE id = $1 AND state IN ('refused', 'expired')";

/**
 * Accepts what the gate will refuse, because its pair is locked since: the reason stays in sight when the proposal is gone,
 * until it is dismissed, and is read in the list of commands and of what happened after that.
 */
const acceptInVain = async (page: Page, database: DemoDatabase, botId: string): Promise<void> => {
  await page.goto("/overview");
  const proposal = await awaitProposal(page, database, botId);
  await page.goto(`/bots/${botId}`);
  await expect(panelOf(page)).toContainText(/Last price [\d,.]+ of .+ of market time ago, within the band/);
  await page.getByRole("button", { name: "Lock a pair" }).click();
  await dialogOf(page).getByLabel("Pair").selectOption("All its pairs");
  await dialogOf(page).getByRole("button", { name: "Lock it" }).click();
  await expect(dialogOf(page)).toHaveCount(0);
  await acceptByKeyboard(page);
  await database.waitFor("a proposal that is not entered", NOT_ENTERED, proposal);
  const notice = panelOf(page).getByRole("alert");
  await expect(notice).toContainText("is not entered:");
  await expectNoFault(page);
  await notice.getByRole("button", { name: "Dismiss" }).press("Enter");
  await expect(notice).toHaveCount(0);
  await page.reload();
  await expect(page.getByRole("row", { name: /Accept a proposal in .+ Refused/ }).first()).toBeVisible();
  await page.getByRole("button", { name: "Unlock All pairs" }).click();
  await expect(page.getByRole("button", { name: "Unlock All pairs" })).toHaveCount(0);
};

story(
  "a trader accepts one proposal, which is entered, one in vain, and lets one expire",
  async ({ page, product }) => {
    story.setTimeout(LONG_MS);
    // A row that fades in has no contrast yet.
    await page.emulateMedia({ reducedMotion: "reduce" });
    await signIn(page, product);
    await withDatabase(product.databaseUrl(), async (database) => {
      const botId = await database.waitFor("the fast bot", FAST, product.email, FAST_BOT);
      await database.waitFor("a bot that asks", ASK, botId);
      try {
        const accepted = await acceptUntilPlaced(page, database, botId);
        await database.waitFor("its position", ENTERED, accepted);
        await expect(panelOf(page).getByText("Placed", { exact: true }).first()).toBeVisible();

        await acceptInVain(page, database, botId);
        await database.waitFor("a bot that asks for a minute", ASK_BRIEFLY, botId);
        await page.goto("/overview");
        const left = await awaitProposal(page, database, botId);
        await expect(
          panelOf(page)
            .getByText(/min left/)
            .first(),
        ).toBeVisible();
        await expectNoFault(page);
        await database.waitFor("a proposal that expired", IN_STATE, left, "expired");
        await page.goto(`/bots/${botId}`);
        await expect(panelOf(page).getByText("Expired", { exact: true }).first()).toBeVisible();
        expect(await database.find(ENTERED, left), "what expired is not entered").toBeNull();
        expect(await database.find(UNAPPROVED, botId), "nothing is entered that nobody accepted").toBeNull();
      } finally {
        await database.waitFor("a bot that asks nobody", ASK_NOBODY, botId);
        await setSpeed(page, "720×");
      }
    });
  },
);
