import { expect, type Locator, type Page } from "@playwright/test";
import { chooseStart, createByKeyboard, openForm } from "./support/bot-form";
import { withDatabase } from "./support/demo-database";
import { expectNoFault } from "./support/find-faults";
import { forgetConfirmation, makeUser, PASSWORD } from "./support/people";
import { signIn } from "./support/sign-in";
import { story } from "./support/story";
import { tabTo } from "./support/tab-to";

const LONG_MS = 600_000;
/** A cycle of the bot whose model answered. It is over, so that its page stays as it is while it is looked at. */
const ANSWERED = `SELECT m.cycle_id FROM model_calls m JOIN cycles c ON c.id = m.cycle_id
  WHERE m.bot_id = $1 AND m.state = 'replied' AND c.status = 'done' ORDER BY m.asked_at LIMIT 1`;
const LINE = "Sell nothing on a Friday.";

const meaning = (page: Page): Locator => page.getByRole("complementary", { name: "What these settings mean" });
const part = (page: Page, name: RegExp): Locator => page.locator("summary").filter({ hasText: name });

const expectNoFaultAt = async (page: Page, width: number): Promise<void> => {
  await page.setViewportSize({ width, height: 900 });
  await expectNoFault(page);
};

story(
  "a trader creates a bot that asks a scripted model, and reads what it was told, answered and cost",
  async ({ page, product }) => {
    story.setTimeout(LONG_MS);
    await signIn(page, await makeUser(product.databaseUrl()));
    await openForm(page);

    await story.step("the form says what its model costs a month, and that nobody is paid for it", async () => {
      await chooseStart(page, "Language model");
      const cost = meaning(page).getByRole("region", { name: "What its model costs" });
      await expect(cost).toContainText("nobody is paid");
      await expect(cost).toContainText(/It asks up to [\d,]+ times a day of real time/);
      await expect(cost).toContainText(/A month, usual\$\d/);
      await expect(cost).toContainText("30 days of its budget of $1.00");
      await page.getByLabel("Budget of its model").fill("2.5");
      await expect(cost).toContainText("30 days of its budget of $2.50");
    });

    await story.step("the prompt is shown as it would be sent, with the trader's own part", async () => {
      await page.getByLabel("Strategy", { exact: true }).fill(LINE);
      await tabTo(page, page.getByRole("button", { name: "Show the prompt" }));
      await page.keyboard.press("Enter");
      await tabTo(page, part(page, /^.*Prompt: strategy \(the trader's own part\)/));
      await page.keyboard.press("Enter");
      await expect(page.getByRole("region", { name: /Prompt: strategy/ })).toContainText(LINE);
      await part(page, /Prompt: message/).click();
      await expect(page.getByRole("region", { name: /Prompt: message/ })).toContainText("BTC/USDT.1h.rsi14");
      await expectNoFaultAt(page, 360);
      await expectNoFaultAt(page, 1280);
    });

    await story.step(
      "what is unfolded of the prompt stays so while an entry is at fault, and is said to be old",
      async () => {
        const budget = page.getByLabel("Budget of its model");
        await budget.fill("much");
        await expect(page.getByText("it is written anew once the entries above are corrected")).toBeVisible();
        await budget.fill("2.5");
        await expect(page.getByText("Exactly what would be sent at the last close")).toBeVisible();
        await expect(page.getByRole("region", { name: /Prompt: strategy/ })).toContainText(LINE);
      },
    );

    await createByKeyboard(page);
    const botId = new URL(page.url()).pathname.split("/").at(-1) ?? "";
    // From the first moment on, whether or not it has asked yet.
    await expect(page.getByRole("region", { name: "Cost of its model" })).toBeVisible();

    await story.step("its cycle shows prompt, evidence and cost", async () => {
      const cycleId = await withDatabase(product.databaseUrl(), (database) =>
        database.waitFor("an answer of its model", ANSWERED, botId),
      );
      await page.goto(`/cycles/${cycleId}`);
      const model = page.getByRole("region", { name: "Model: what it was asked and answered" });
      await expect(model).toContainText("Scripted model, simulated");
      await expect(model).toContainText("Replied");
      await expect(model).toContainText(/Tokens[\d,]+ in/);
      await expect(model).toContainText(/Cost\$0\.\d+/);
      await expect(model.getByRole("region", { name: /^Answer about BTC\/USDT/ })).toContainText("Thesis");
      // The evidence of a pair that is held is folded: the link to it unfolds it.
      await page.getByRole("link", { name: "Each of them" }).first().click();
      await expect(model.getByRole("table").first()).toContainText("grounded");
      await tabTo(page, part(page, /Prompt: strategy/));
      await page.keyboard.press("Enter");
      await expect(page.getByRole("region", { name: /Prompt: strategy/ })).toContainText(LINE);
      await part(page, /Reply of the model, as it came/).click();
      await expect(page.getByRole("region", { name: /Reply of the model/ })).toContainText("submit_decisions");
      await expectNoFaultAt(page, 360);
      await expectNoFaultAt(page, 1280);
    });

    await story.step("its page says what it must earn to pay for its model", async () => {
      await page.goto(`/bots/${botId}`);
      const cost = page.getByRole("region", { name: "Cost of its model" });
      await expect(cost).toContainText(/its model cost \$[\d.]+ for [\d,]+ questions?: it must earn/);
      await expect(page.getByLabel("P&L in USDT").first()).toContainText("= After model cost");
    });

    await story.step("another strategy is first tried on a question of the past", async () => {
      await page.goto(`/bots/${botId}/edit`);
      await page.getByLabel("Strategy", { exact: true }).fill(`${LINE}\nHold on Mondays.`);
      const past = page.getByRole("region", { name: "Test on past questions" });
      await past.getByRole("button", { name: "Show the past questions" }).click();
      await past
        .getByRole("button", { name: /^Ask again about / })
        .first()
        .click();
      await expect(past.getByRole("status")).toContainText(/It cost \$0\.\d+/);
      await expectNoFaultAt(page, 360);
      await expectNoFaultAt(page, 1280);
    });

    await story.step("then it is a version whose words are compared", async () => {
      await page.getByRole("button", { name: "Save changes" }).click();
      await expect(page).toHaveURL(/view=settings$/);
      await page.goto(`/bots/${botId}/versions`);
      const difference = page.getByRole("region", { name: "Difference of the text" });
      await expect(difference.locator("ins")).toContainText("Hold on Mondays.");
      await expect(difference).toContainText(LINE);
      await expectNoFault(page);
    });

    await page.getByRole("link", { name: "Bots", exact: true }).first().click();
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  },
);

story(
  "a key of a model is kept after the password, and only its last letters are seen",
  async ({ page, product, trouble }) => {
    // A refusal that asks for the password.
    trouble.expect(/status of 403/);
    const trader = await makeUser(product.databaseUrl());
    await signIn(page, trader);
    await page.goto("/account#model-keys");
    const keys = page.getByRole("region", { name: "Model keys" });
    await expect(keys).toContainText("Scripted model (simulated)");
    await keys.getByLabel("Key", { exact: true }).fill("sk-canary-0123456789-wxyz");
    await forgetConfirmation(product, trader);
    await tabTo(page, keys.getByRole("button", { name: "Keep the key" }));
    await page.keyboard.press("Enter");
    const dialog = page.getByRole("dialog", { name: "Confirm it is you" });
    await dialog.getByLabel("Password", { exact: true }).fill(PASSWORD);
    await dialog.getByRole("button", { name: "Confirm" }).click();
    await expect(keys.getByRole("listitem").filter({ hasText: "Anthropic" })).toContainText("…wxyz");
    await page.reload();
    await expect(keys.getByRole("listitem").filter({ hasText: "Anthropic" })).toContainText("…wxyz");
    expect(await page.content()).not.toContain("canary");

    await story.step("the scripted model is tested, and what it costs is said first", async () => {
      await keys.getByRole("button", { name: "Test Scripted model (simulated)" }).click();
      const test = page.getByRole("dialog", { name: "Test Scripted model (simulated)" });
      await expect(test).toContainText(/It costs at most \$0\.\d+, from your budget of today/);
      await expectNoFault(page);
      await test.getByRole("button", { name: "Cancel" }).click();
    });

    await keys.getByRole("button", { name: "Remove the key of Anthropic" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Remove" }).click();
    await expect(keys.getByRole("listitem").filter({ hasText: "Anthropic" })).toHaveCount(0);
    await page.getByLabel("Budget a day, US dollars").fill("3");
    await page.getByRole("button", { name: "Change the budget" }).click();
    await expect(page.getByRole("region", { name: "Budget for models" })).toContainText("of $3.00");
    await expectNoFaultAt(page, 360);
    await expectNoFaultAt(page, 1280);
  },
);
