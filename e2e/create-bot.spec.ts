import { expect } from "@playwright/test";
import { chooseStart, createByKeyboard, formSummary, nameField, openForm } from "./support/bot-form";
import { makeUser } from "./support/people";
import { signIn } from "./support/sign-in";
import { story } from "./support/story";
import { tabTo } from "./support/tab-to";

/** One start for each way to decide; the walk creates the control. */
const STARTS = ["Trinity", "Indicator", "Custom rules"] as const;
const DECISION_MS_MAX = 120_000;

story(
  "a bot of each mode that waits for signals is created by keyboard, and gets its first decision",
  async ({ page, product }) => {
    story.setTimeout(STARTS.length * DECISION_MS_MAX + 120_000);
    await signIn(page, await makeUser(product.databaseUrl()));
    await tabTo(page, page.locator("main").getByRole("link", { name: "Create a bot" }));
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(/\/bots\/new$/);

    for (const title of STARTS) {
      await story.step(title, async () => {
        await openForm(page);
        await chooseStart(page, title);
        await createByKeyboard(page);
        await expect(page.getByRole("heading", { level: 1 })).toContainText(title);
        await page.goto(`${new URL(page.url()).pathname}?view=decisions`);
        const decided = page.locator('main table a[href^="/cycles/"]').first();
        await expect(decided).toBeVisible({ timeout: DECISION_MS_MAX });
      });
    }
    await page.goto("/bots");
    for (const title of STARTS) {
      await expect(page.locator("main").getByRole("link", { name: title, exact: true }).first()).toBeVisible();
    }
  },
);

story(
  "the page says what settings may cost, what keeps them from trading, and what they would have done",
  async ({ page, product }) => {
    await signIn(page, product);
    await openForm(page);
    const panel = page.getByRole("complementary", { name: "What these settings mean" });
    await expect(panel).toContainText(/One trade at its stop\s*−4\d\.\d\d USDT/);
    await expect(panel.locator("[data-preview='done']")).toContainText(/would have decided|Unknown/);

    await story.step("a capital too small for any order cannot trade", async () => {
      await page.getByLabel("Paper money of the account").fill("100");
      await expect(panel).toContainText("Cannot trade");
      await expect(panel).toContainText(/order value/);
    });
    await story.step("another start is read and tried anew", async () => {
      await page.getByLabel("Paper money of the account").fill("10000");
      await expect(panel).not.toContainText("Cannot trade");
      await page.getByRole("radio", { name: "Trinity, looser" }).check();
      await expect(panel.locator("[data-preview='done']")).toContainText(/would have decided \d+/);
    });
  },
);

story("a draft survives a reload, and errors keep what was entered", async ({ page, product }) => {
  await signIn(page, product);
  await openForm(page);
  await page.getByRole("radio", { name: "Custom rules" }).check();
  // The start is read from the server; a name that nobody typed follows it.
  await expect(nameField(page)).toHaveValue("Custom rules");
  await nameField(page).fill("Kept");
  await page.getByLabel("Paper money of the account").fill("2500.5");
  const rules = page.getByLabel("Rules (JSON)");
  await rules.fill('{ "long": ');
  await page.getByText("Limits of losses").click();
  await page.getByLabel("Drawdown", { exact: true }).fill("90");
  await page.reload();
  await expect(nameField(page)).toHaveValue("Kept");
  await expect(page.getByLabel("Paper money of the account")).toHaveValue("2500.5");
  await expect(rules).toHaveValue('{ "long": ');

  await page.getByRole("button", { name: "Create bot" }).click();
  await expect(formSummary(page)).toBeFocused();
  await expect(formSummary(page)).toContainText("not created yet");
  await expect(rules).toHaveAttribute("aria-invalid", "true");
  await expect(page.getByText("This is no JSON yet:")).toBeVisible();

  await rules.fill("{}");
  await expect(page.getByText("Enter at most 50").first()).toBeVisible();
  await page.getByRole("button", { name: "Create bot" }).click();
  await formSummary(page)
    .getByRole("button", { name: /Drawdown/ })
    .click();
  await expect(page.getByLabel("Drawdown", { exact: true })).toBeFocused();
  await expect(page.getByLabel("Drawdown", { exact: true })).toHaveValue("90");
  await page.getByLabel("Drawdown", { exact: true }).fill("20");
  await expect(formSummary(page)).toHaveCount(0);
});

story("a form that is sent twice, or whose answer is lost, makes one bot", async ({ page, product, trouble }) => {
  trouble.expect(/Failed to load resource|ERR_FAILED/);
  await signIn(page, await makeUser(product.databaseUrl()));
  await openForm(page);
  await nameField(page).fill("Once");
  let lost = 0;
  await page.route("**/api/trpc/bots.create**", async (route) => {
    lost += 1;
    if (lost > 1) return route.continue();
    await route.fetch();
    return route.abort("failed");
  });
  await page.getByRole("button", { name: "Create bot" }).click();
  await expect(formSummary(page)).toContainText("The server did not answer");
  await expect(nameField(page)).toHaveValue("Once");
  await page.getByRole("button", { name: "Create bot" }).click();
  await expect(page).toHaveURL(/\/bots\/[0-9a-f-]{36}$/);
  await page.goto("/bots");
  await expect(
    page.locator("main").getByRole("link", { name: "Once", exact: true }).filter({ visible: true }),
  ).toHaveCount(1);
  await page.unrouteAll({ behavior: "ignoreErrors" });
});
