/**
 * Measures the bytes of each page's first view and its Lighthouse figures, and prints them beside the budgets:
 * npm run -s bench:pages [-- --runs 3] [--no-lighthouse] [--shift 180]. `--shift` also measures how much the overview
 * moves by itself in that many seconds. With `--lists [--bots 1000] [--trades 10000] [--asked 15] [--json]` it measures
 * how long each long list takes instead, in each sorting, and fails when one takes too long.
 */
import { parseArgs } from "node:util";
import { appPaths } from "../e2e/support/app-paths";
import { readShift, watchShift } from "../e2e/support/measure-shift";
import { findDemoIds } from "../e2e/support/demo-ids";
import { waitUntil } from "../scripts/postgres/wait-until";
import { browseDemo, type DemoVisit } from "./browse-demo";
import { measureTransfer, readFloor, type Transfer } from "./measure-transfer";
import { measureLists, printLists } from "./lists/measure-lists";
import { findSlow } from "./lists/time-lists";
import { runLighthouse } from "./run-lighthouse";

const { values } = parseArgs({
  options: {
    runs: { type: "string", default: "3" },
    "no-lighthouse": { type: "boolean", default: false },
    shift: { type: "string", default: "0" },
    lists: { type: "boolean", default: false },
    bots: { type: "string", default: "1000" },
    trades: { type: "string", default: "10000" },
    asked: { type: "string", default: "15" },
    json: { type: "boolean", default: false },
  },
});

const wholeFrom = (least: number, name: "runs" | "shift" | "bots" | "trades" | "asked"): number => {
  const value = Number(values[name]);
  if (!Number.isInteger(value) || value < least) throw new Error(`--${name} must be a whole number from ${least} on`);
  return value;
};

const runs = wholeFrom(1, "runs");
const shiftSeconds = wholeFrom(0, "shift");

type Route = { readonly path: string; readonly isPublic: boolean };

const ID = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/;
const nameOf = ({ path }: Route): string => path.replace(ID, "[id]");

const kilobytes = (bytes: number): string => (bytes / 1000).toFixed(1).padStart(8);

const transferRow = (name: string, transfer: Transfer): string => {
  const { html, jsFloor, jsOurs, css, fonts, laterCharts, laterRest } = transfer;
  return (
    name.padEnd(28) +
    [html, jsFloor, jsOurs, jsFloor + jsOurs, css, fonts, laterCharts, laterRest].map(kilobytes).join("")
  );
};

const printTransfers = async ({ browser, context, product }: DemoVisit, routes: readonly Route[]): Promise<void> => {
  console.log("\nkB over the wire, compressed; empty cache. Later: scripts asked for after the page's load");
  console.log("page                            HTML   floor    ours      JS     CSS   fonts  charts    rest");
  const floor = readFloor();
  const session = await context.storageState();
  for (const route of routes) {
    const visitor = await browser.newContext({
      baseURL: product.url,
      ...(!route.isPublic && { storageState: session }),
    });
    console.log(transferRow(nameOf(route), await measureTransfer(visitor, route.path, floor)));
    await visitor.close();
  }
  console.log("budgets: JS 150 public, 200 app before charts (65 ours); CSS 20; charts 65, only after the load");
};

const printScores = async ({ context, product, debuggingPort }: DemoVisit, routes: readonly Route[]): Promise<void> => {
  console.log(`\nLighthouse, mobile preset, median of ${runs}; the demo trades meanwhile`);
  console.log("page                         perf  a11y  best   LCP ms   TBT ms     CLS");
  const session = (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join("; ");
  for (const route of routes) {
    const cookie = route.isPublic ? "" : session;
    const found = await runLighthouse({ url: product.url + route.path, port: debuggingPort, cookie, runs });
    const { performance, accessibility, bestPractices, lcpMs, tbtMs, cls } = found;
    const scores = [performance, accessibility, bestPractices].map((score) => String(score).padStart(6)).join("");
    const times = [lcpMs, tbtMs].map((ms) => ms.toFixed(0).padStart(9)).join("");
    console.log(`${nameOf(route).padEnd(27)}${scores}${times}${cls.toFixed(3).padStart(8)}`);
  }
  console.log("budgets: performance 95 public, 90 app; accessibility 100; best practices 95; LCP 2000; CLS 0.03");
};

const printShift = async ({ context }: DemoVisit, seconds: number): Promise<void> => {
  const page = await context.newPage();
  await watchShift(page);
  await page.goto("/overview");
  await waitUntil(() => false, seconds * 1000);
  const { total, sources } = await readShift(page);
  console.log(`\noverview: layout shift ${total.toFixed(3)} in ${seconds} s of the demo's pace (budget 0.1 in 180 s)`);
  for (const { what, value } of sources) console.log(`${value.toFixed(4).padStart(8)}  ${what}`);
  await page.close();
};

const showLists = async (): Promise<void> => {
  const options = { bots: wholeFrom(2, "bots"), trades: wholeFrom(100, "trades"), asked: wholeFrom(1, "asked") };
  const figures = await measureLists(options);
  const slow = findSlow(figures);
  if (values.json) console.log(JSON.stringify({ ...options, lists: figures, slow }, null, 2));
  else printLists(figures);
  for (const text of slow) console.error(text);
  process.exitCode = slow.length === 0 ? 0 : 1;
};

const showPages = (): Promise<void> =>
  browseDemo(async (visit) => {
    const ids = await findDemoIds(visit.product.databaseUrl());
    const routes: Route[] = [
      ...["/", "/sign-in"].map((path) => ({ path, isPublic: true })),
      ...appPaths(ids).map((path) => ({ path, isPublic: false })),
    ];
    await printTransfers(visit, routes);
    if (!values["no-lighthouse"]) await printScores(visit, routes);
    if (shiftSeconds > 0) await printShift(visit, shiftSeconds);
  });

await (values.lists ? showLists() : showPages());
