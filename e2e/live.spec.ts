import { expect, type Locator, type Page } from "@playwright/test";
import { countStreams, overhearStreams, readEventIds } from "./support/count-streams";
import { withDatabase } from "./support/demo-database";
import { FAST_BOT } from "./support/demo-ids";
import { findAppProcess, findOurProcess } from "./support/find-app-process";
import { openStreams } from "./support/open-streams";
import { signIn } from "./support/sign-in";
import { story } from "./support/story";
import { tabTo } from "./support/tab-to";
import { marketTimeOf } from "./support/venue-speed";

/** What a browser reports about a server that is down. */
const SERVER_IS_DOWN = /ERR_CONNECTION|ERR_INCOMPLETE_CHUNKED|ERR_EMPTY_RESPONSE|ERR_NETWORK|Failed to fetch/;
const MINUTE_MS = 60_000;

story("a tab holds one stream, whatever pages it goes to", async ({ page, product }) => {
  const streams = countStreams(page);
  await signIn(page, product);
  await expect(page.getByText("Live", { exact: true })).toBeVisible();
  for (const name of ["Bots", "Venues", "Overview"]) {
    await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name }).click();
    await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
  }
  expect(streams.open()).toBe(1);
  expect(streams.begunAfter).toHaveLength(1);
});

story(
  "a tab that nobody looks at lets its stream go after a minute, and goes on after the last event",
  async ({ page, product }) => {
    const streams = countStreams(page);
    await overhearStreams(page);
    await page.clock.install();
    await signIn(page, product);
    await expect.poll(() => readEventIds(page)).not.toEqual([]);
    const look = (state: "hidden" | "visible") =>
      page.evaluate((visibility) => {
        Object.defineProperty(document, "visibilityState", { value: visibility, configurable: true });
        document.dispatchEvent(new Event("visibilitychange"));
      }, state);
    await look("hidden");
    await page.clock.fastForward(MINUTE_MS + 1000);
    await expect(page.getByText("Asleep")).toBeVisible();
    await expect.poll(() => streams.open()).toBe(0);
    const seen = (await readEventIds(page)).at(-1);
    await look("visible");
    await expect(page.getByText("Live", { exact: true })).toBeVisible();
    expect(streams.begunAfter.at(-1)).toBe(String(seen));
  },
);

/** The cycles that a list shows, newest first, and the position of the first. */
const readRows = async (page: Page) => {
  const links = page.locator('main table a[href^="/cycles/"]');
  const hrefs = await links.evaluateAll((all) => all.slice(0, 8).map((link) => link.getAttribute("href")));
  return { hrefs, place: await links.first().boundingBox() };
};

/** As a hand does: without waiting for what is there when the pointer has arrived. */
const pressWithMouse = async (page: Page, target: Locator): Promise<void> => {
  const box = await target.boundingBox();
  if (!box) throw new Error("nothing to press");
  await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
};

const waitingRows = (page: Page) => page.getByRole("button", { name: /^\d+ new: show newer cycles/ });

story(
  "no row moves under the pointer or the focus: newer ones wait until they are asked for, else come by themselves",
  async ({ page, product }) => {
    story.setTimeout(5 * MINUTE_MS);
    await signIn(page, product);
    await page.locator("main").getByRole("link", { name: FAST_BOT, exact: true }).last().click();
    await page.getByRole("link", { name: "Cycles", exact: true }).click();
    // The previous view links to cycles too, so wait for this one.
    await expect(page.getByRole("columnheader", { name: "Slot (UTC)" })).toBeVisible();
    const first = page.locator('main table a[href^="/cycles/"]').first();

    await first.hover();
    const underPointer = await readRows(page);
    await expect(waitingRows(page)).toBeVisible({ timeout: MINUTE_MS });
    expect(await readRows(page)).toEqual(underPointer);
    // Off the rows the newer ones come by themselves too, so on a slow machine the button may go before it is pressed.
    await pressWithMouse(page, waitingRows(page));
    await expect(first).not.toHaveAttribute("href", underPointer.hrefs[0] ?? "", { timeout: MINUTE_MS });

    // The pointer is on the button, outside the rows, so new rows appear by themselves.
    const before = await readRows(page);
    await expect(first).not.toHaveAttribute("href", before.hrefs[0] ?? "", { timeout: MINUTE_MS });

    await tabTo(page, first);
    const underFocus = await readRows(page);
    await expect(waitingRows(page)).toBeVisible({ timeout: MINUTE_MS });
    expect(await readRows(page)).toEqual(underFocus);
    await expect(page.locator(`a[href="${underFocus.hrefs[0]}"]`).first()).toBeFocused();
    await waitingRows(page).focus();
    await page.keyboard.press("Enter");
    await expect(first).not.toHaveAttribute("href", underFocus.hrefs[0] ?? "", { timeout: MINUTE_MS });
  },
);

story(
  "a tab that five newer ones displaced says so, does not fight for its place, and goes live again when it is asked to",
  async ({ page, context, product }) => {
    const streams = countStreams(page);
    await signIn(page, product);
    await expect(page.getByText("Live", { exact: true })).toBeVisible();
    const close = await openStreams(context, product.url, 5);
    await expect(page.getByText("Not live: you have five newer tabs open")).toBeVisible();
    expect(streams.begunAfter).toHaveLength(1);
    await page.getByRole("button", { name: "Go live here" }).click();
    await expect(page.getByText("Live", { exact: true })).toBeVisible();
    expect(streams.open()).toBe(1);
    close();
  },
);

story("a revoked session closes the stream and leads to the sign-in page", async ({ page, product, trouble }) => {
  trouble.expect(/401/);
  const streams = countStreams(page);
  await signIn(page, product);
  await expect(page.getByText("Live", { exact: true })).toBeVisible();
  await withDatabase(product.databaseUrl(), ({ find }) =>
    find("UPDATE sessions SET revoked_at = now() WHERE revoked_at IS NULL RETURNING id"),
  );
  await expect(page).toHaveURL(/\/sign-in/);
  expect(streams.open()).toBe(0);
});

story(
  "while the server is away the page says how old it is; then it goes on and has lost no event",
  async ({ page, product, trouble }) => {
    trouble.expect(SERVER_IS_DOWN);
    const streams = countStreams(page);
    await overhearStreams(page);
    await signIn(page, product);
    await page.evaluate(() => Object.assign(window, { isSamePage: true }));
    await expect.poll(async () => (await readEventIds(page)).length).toBeGreaterThan(2);
    process.kill(findAppProcess(product.processes()), "SIGKILL");
    await expect(page.getByText(/Reconnecting\s+· \d+ s/)).toBeVisible();
    const before = (await readEventIds(page)).at(-1) ?? 0n;
    await expect(page.getByText("Live", { exact: true })).toBeVisible({ timeout: MINUTE_MS });
    expect(streams.begunAfter.at(-1)).toBe(String(before));
    await expect.poll(async () => (await readEventIds(page)).at(-1)).toBeGreaterThan(before);
    const ids = await readEventIds(page);
    expect(ids).toEqual(ids.map((_, index) => (ids[0] ?? 0n) + BigInt(index)));
    expect(await page.evaluate(() => "isSamePage" in window)).toBe(true);
  },
);

story(
  "with the runner frozen every page says that trading has stopped, until it was started again",
  async ({ page, product }) => {
    await signIn(page, product);
    await expect(page.getByText("Live", { exact: true })).toBeVisible();
    const frozen = findOurProcess(product.processes(), "runner-process");
    process.kill(frozen, "SIGSTOP");
    const trouble = page.getByRole("status", { name: "Trouble" });
    await expect(trouble).toContainText(/Trading has stopped since \d\d:\d\d:\d\d UTC/, { timeout: MINUTE_MS });
    await expect(page.getByText(/Stopped\s+· \d+ s/)).toBeVisible();
    await expect(page.getByText("Live", { exact: true })).toBeHidden();
    // The page says so too, at once and after a reload, long before the runner is started again.
    const attention = page.locator('main section[aria-labelledby="attention"]');
    const saysSo = async (): Promise<void> => {
      await expect(attention).toContainText("Trading has stopped");
      await expect(page.locator("main").getByText("Not trading").first()).toBeVisible();
    };
    await saysSo();
    await page.reload();
    await saysSo();
    await expect(trouble).toBeEmpty({ timeout: MINUTE_MS });
    await expect(page.getByText("Live", { exact: true })).toBeVisible();
    expect(findOurProcess(product.processes(), "runner-process")).not.toBe(frozen);
    await expect(page.getByText(/Trading has stopped\..* It is over, after \d+ s/).first()).toBeVisible();
  },
);

story(
  "with the network gone the page says so and its market clock stands, until it is back",
  async ({ page, product, context, trouble }) => {
    trouble.expect(SERVER_IS_DOWN);
    trouble.expect(/ERR_INTERNET_DISCONNECTED/);
    await signIn(page, product);
    await expect(page.getByText("Live", { exact: true })).toBeVisible();
    const place = await page.locator("main").boundingBox();
    await context.setOffline(true);
    await expect(page.getByText(/Reconnecting\s+· \d+ s/)).toBeVisible();
    await expect(page.getByRole("status", { name: "Trouble" })).toContainText("No connection to the server");
    // The message is where it moves nothing else.
    expect((await page.locator("main").boundingBox())?.y).toBe(place?.y);
    const stood = await marketTimeOf(page).textContent();
    await expect(page.getByText(/Reconnecting\s+· (([3-9]|\d\d+) s|\d+ min)/)).toBeVisible();
    expect(await marketTimeOf(page).textContent()).toBe(stood);
    await context.setOffline(false);
    await expect(page.getByText("Live", { exact: true })).toBeVisible({ timeout: MINUTE_MS });
    await expect(marketTimeOf(page)).not.toHaveText(stood ?? "");
  },
);
