import { expect } from "@playwright/test";
import { FAST_BOT } from "./support/demo-ids";
import { story } from "./support/story";
import { tabThrough, tabTo } from "./support/tab-to";

story(
  "from signing in to a cycle by keyboard alone, the focus always in sight, held by nothing",
  async ({ page, product }) => {
    await page.goto("/");
    await tabTo(page, page.getByRole("link", { name: "Sign in" }));
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(/\/sign-in$/);

    await tabTo(page, page.getByLabel("E-mail"));
    await page.keyboard.type(product.email);
    await tabTo(page, page.getByLabel("Password"));
    await page.keyboard.type(product.password);
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(/\/overview$/);

    await tabTo(page, page.getByRole("link", { name: "Skip to the page" }));
    await page.keyboard.press("Enter");
    await tabTo(page, page.locator("main").getByRole("link", { name: FAST_BOT, exact: true }));
    await page.keyboard.press("Enter");
    await expect(page.getByRole("heading", { level: 1 })).toContainText(FAST_BOT);

    await tabTo(page, page.locator('main a[href$="view=cycles"]'));
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(/view=cycles/);
    await tabTo(page, page.locator("main tr", { hasText: "done" }).locator('a[href^="/cycles/"]'));
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(/\/cycles\//);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    // The links to five stages, then each pair's decision, which can be opened.
    await expect(page.locator("main summary").first()).toBeVisible();
    const passed = await tabThrough(page);
    expect(passed.filter((name) => name.startsWith("summary")).length).toBeGreaterThan(2);
  },
);
