import { expect, type BrowserContext, type Page } from "@playwright/test";
import { THEME_COOKIE, THEMES, type Theme } from "../src/contracts/theme";
import { findDemoIds } from "./support/demo-ids";
import { findViolations, readOverflow } from "./support/find-violations";
import { signIn } from "./support/sign-in";
import { story } from "./support/story";
import { setSpeed } from "./support/venue-speed";
import { appPaths, MISSING_PATH } from "./support/app-paths";

const WIDTHS = [360, 1280] as const;
/** So tall that everything that loads when it comes into view loads at once. */
const HEIGHT = 6000;
const PUBLIC_PATHS = ["/", "/sign-in", "/register", "/forgot", "/reset", "/verify"];
const MANY_PAGES_MS = 300_000;

const wear = (context: BrowserContext, url: string, theme: Theme) =>
  context.addCookies([{ name: THEME_COOKIE, value: theme, url }]);

/** Themes differ only in colours, so the others are looked at in one width, where every part of a page is shown. */
const widthsOf = (theme: Theme): readonly number[] => (theme === THEMES[0] ? WIDTHS : [1280]);

const STILL_FRAMES = 6;
/** Waits until the page's height stays the same for some frames: a chart follows a new width with a delay. */
const standStill = (page: Page): Promise<void> =>
  page.evaluate(
    (frames) =>
      new Promise<void>((resolve) => {
        let height = -1;
        let still = 0;
        const look = (): void => {
          const now = document.documentElement.scrollHeight;
          still = now === height ? still + 1 : 0;
          height = now;
          if (still >= frames) resolve();
          else requestAnimationFrame(look);
        };
        look();
      }),
    STILL_FRAMES,
  );

/** Opens all details, so that they are checked too. */
const unfold = (page: Page): Promise<void> =>
  page.evaluate(() => {
    for (const details of document.querySelectorAll("details")) details.open = true;
  });

/** Opens the page in each theme and width; returns every fault with where it is. */
const inspect = async (page: Page, path: string): Promise<string[]> => {
  const faults: string[] = [];
  await wear(page.context(), new URL(page.url()).origin, THEMES[0]);
  await page.goto(path);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  // Charts and lists come after the first paint.
  await expect(page.locator(".animate-pulse")).toHaveCount(0);
  const mains = await page.locator("main").count();
  if (mains !== 1) faults.push(`${path}: ${mains} main landmarks`);
  await unfold(page);
  for (const theme of THEMES) {
    // A theme is this attribute and nothing else: a page need not be loaded anew for each.
    await page.evaluate((name) => document.documentElement.setAttribute("data-theme", name), theme);
    for (const width of widthsOf(theme)) {
      await page.setViewportSize({ width, height: HEIGHT });
      await standStill(page);
      const overflow = await readOverflow(page);
      if (overflow > 0) faults.push(`${path} ${theme} ${width}: ${overflow} px wider than the screen`);
      faults.push(...(await findViolations(page, theme)).map((text) => `${path} ${theme} ${width}: ${text}`));
    }
  }
  return faults;
};

story("a page comes in the theme that its reader chose", async ({ page }) => {
  await page.goto("/");
  for (const theme of THEMES) {
    await wear(page.context(), new URL(page.url()).origin, theme);
    await page.goto("/");
    await expect(page.locator("html")).toHaveAttribute("data-theme", theme);
  }
});

story("public pages have no accessibility fault in any theme and width", async ({ page, trouble }) => {
  trouble.expect(/404/);
  await page.goto("/");
  const faults: string[] = [];
  for (const path of [...PUBLIC_PATHS, "/no-such-page"]) faults.push(...(await inspect(page, path)));
  expect(faults).toEqual([]);
});

story("pages of the app have no accessibility fault in any theme and width", async ({ page, product, trouble }) => {
  story.setTimeout(MANY_PAGES_MS);
  trouble.expect(/404/);
  const ids = await findDemoIds(product.databaseUrl());
  await signIn(page, product);
  // Nothing moves during the checks, and the machine is free for them.
  await setSpeed(page, "Pause");
  const faults: string[] = [];
  for (const path of [...appPaths(ids), MISSING_PATH]) faults.push(...(await inspect(page, path)));
  await setSpeed(page, "720×");
  expect(faults).toEqual([]);
});
