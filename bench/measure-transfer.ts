import { readFileSync } from "node:fs";
import path from "node:path";
import type { BrowserContext, Response } from "@playwright/test";
import { PROJECT_FOLDER } from "../scripts/project-folder";

/** Bytes on the wire, compressed. */
export type Transfer = {
  readonly html: number;
  /** The part that every page of the framework loads. */
  readonly jsFloor: number;
  readonly jsOurs: number;
  readonly css: number;
  readonly fonts: number;
  /** Scripts requested after the page has loaded: those with the charts, and the rest. */
  readonly laterCharts: number;
  readonly laterRest: number;
};

/** A string in the charts' code that no minifier changes. */
const CHARTS = "lightweight-charts";
/** What is served under it lies in the build. */
const BUILT = "/_next/";
/** How long after its load a page may still request scripts. */
const LATER_MS = 4000;

/** Files of the framework that each page loads first. */
export const readFloor = (): ReadonlySet<string> => {
  const file = path.join(PROJECT_FOLDER, ".next", "build-manifest.json");
  const { rootMainFiles } = JSON.parse(readFileSync(file, "utf8")) as { rootMainFiles: readonly string[] };
  return new Set(rootMainFiles.map((name) => `${BUILT}${name}`));
};

type Loaded = { readonly type: string; readonly pathname: string; readonly bytes: number; readonly hasCharts: boolean };

/** Read from the build: a browser forgets the text of what it loaded. */
const readScript = (pathname: string): string =>
  pathname.startsWith(BUILT)
    ? readFileSync(path.join(PROJECT_FOLDER, ".next", pathname.slice(BUILT.length)), "utf8")
    : "";

const readResponse = async (response: Response): Promise<Loaded> => {
  const type = response.request().resourceType();
  const { pathname } = new URL(response.url());
  const { responseBodySize } = await response.request().sizes();
  const hasCharts = type === "script" && readScript(pathname).includes(CHARTS);
  return { type, pathname, bytes: responseBodySize, hasCharts };
};

const KINDS = new Set(["document", "script", "stylesheet", "font"]);

const sum = (loaded: readonly Loaded[], matches: (one: Loaded) => boolean): number =>
  loaded.filter(matches).reduce((bytes, one) => bytes + one.bytes, 0);

/** Opens a page with an empty cache and measures what its first view loads and which scripts follow. */
export const measureTransfer = async (
  context: BrowserContext,
  route: string,
  floor: ReadonlySet<string>,
): Promise<Transfer> => {
  const page = await context.newPage();
  const responses: Response[] = [];
  page.on("response", (response) => {
    if (KINDS.has(response.request().resourceType())) responses.push(response);
  });
  await page.goto(route, { waitUntil: "load" });
  const atFirst = responses.length;
  await page.waitForTimeout(LATER_MS);
  const loaded = await Promise.all(responses.map(readResponse));
  await page.close();
  const [first, later] = [loaded.slice(0, atFirst), loaded.slice(atFirst)];
  const isScript = ({ type }: Loaded): boolean => type === "script";
  return {
    html: sum(first, ({ type }) => type === "document"),
    jsFloor: sum(first, (one) => isScript(one) && floor.has(one.pathname)),
    jsOurs: sum(first, (one) => isScript(one) && !floor.has(one.pathname)),
    css: sum(loaded, ({ type }) => type === "stylesheet"),
    fonts: sum(loaded, ({ type }) => type === "font"),
    laterCharts: sum(later, (one) => isScript(one) && one.hasCharts),
    laterRest: sum(later, (one) => isScript(one) && !one.hasCharts),
  };
};
