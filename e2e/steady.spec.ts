import { expect, type Page } from "@playwright/test";
import { alterAnswers, readAllAnew } from "./support/alter-answers";
import { LONGEST, SHORTEST } from "./support/extreme-answers";
import { signIn } from "./support/sign-in";
import { story } from "./support/story";

/** The bot with the longest texts beside its name; it always holds a position. */
const CONTROL = "Buy and hold";
const BOT = "main h1, main h2, main tbody";

/** `at`: elements below figures and texts that change. `count`: how many must not move; later ones may. */
type Place = { readonly name: string; readonly path: string; readonly at: string; readonly count?: number };
const placesOf = (bot: string): readonly Place[] => [
  { name: "the overview", path: "/overview", at: "main section, main li" },
  { name: "the bots", path: "/bots", at: "main tbody tr, main ul.grid > li" },
  { name: "a bot's overview, down to its positions", path: bot, at: BOT, count: 5 },
  { name: "a bot's positions", path: `${bot}?view=positions`, at: BOT },
  { name: "a bot's decisions", path: `${bot}?view=decisions`, at: BOT },
  { name: "a bot's cycles", path: `${bot}?view=cycles`, at: BOT },
  { name: "a bot's ledger", path: `${bot}/ledger`, at: BOT },
  { name: "the venues", path: "/venues", at: "main section, main dl > div" },
];

const SHORTEST_IS_SHOWN = /(^|\s)1\.00\s+USDT|Last checked\s+—/;
const LONGEST_IS_SHOWN = /987,654\.33|start 0xBot again/;

/** The tops of the elements, in CSS pixels from the page's top. */
const readTops = (page: Page, { at, count }: Place): Promise<number[]> =>
  page.locator(at).evaluateAll(
    (all, most) =>
      all
        .filter((each) => each.checkVisibility())
        .slice(0, most)
        .map((each) => Math.round(each.getBoundingClientRect().top + window.scrollY)),
    count ?? 20,
  );

for (const width of [360, 1280]) {
  story(`nothing below a figure moves with its value, at ${width} px`, async ({ page, product }) => {
    await page.setViewportSize({ width, height: 800 });
    // Without animation, because rows that glide have not reached their places yet.
    await page.emulateMedia({ reducedMotion: "reduce" });
    const answers = await alterAnswers(page);
    await signIn(page, product);
    const bot = await page
      .locator("main")
      .getByRole("link", { name: CONTROL, exact: true })
      .last()
      .getAttribute("href");
    for (const place of placesOf(bot ?? "")) {
      await story.step(place.name, async () => {
        await page.goto(place.path);
        await expect(page.getByText("Live", { exact: true })).toBeVisible();
        answers.change(SHORTEST);
        await readAllAnew(page);
        await expect(page.locator("main")).toContainText(SHORTEST_IS_SHOWN, { useInnerText: true });
        const tops = await readTops(page, place);
        expect(tops).not.toEqual([]);
        answers.change(LONGEST);
        await readAllAnew(page);
        await expect(page.locator("main")).toContainText(LONGEST_IS_SHOWN, { useInnerText: true });
        expect.soft(await readTops(page, place), place.name).toEqual(tops);
        answers.change({});
      });
    }
    await page.unrouteAll({ behavior: "ignoreErrors" });
  });
}
