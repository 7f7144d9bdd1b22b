import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { z } from "zod";
import { runCommand } from "../scripts/run-command";
import { quantile } from "./quantile";

export type Scores = {
  readonly performance: number;
  readonly accessibility: number;
  readonly bestPractices: number;
  readonly lcpMs: number;
  readonly tbtMs: number;
  readonly cls: number;
};

type Target = { readonly url: string; readonly port: number; readonly cookie: string; readonly runs: number };

/** Fetched when first used: its 160 packages would slow everybody down who installs, for this file alone. */
const LIGHTHOUSE = ["npm", "exec", "--yes", "--package=lighthouse@12.8.2", "--", "lighthouse"];
const CATEGORIES = "performance,accessibility,best-practices";

const reportSchema = z.object({
  categories: z.record(z.string(), z.object({ score: z.number().nullable() })),
  audits: z.record(z.string(), z.object({ numericValue: z.number().optional() })),
});

const median = (values: readonly number[]): number =>
  quantile(
    values.toSorted((first, second) => first - second),
    0.5,
  );

const runOnce = async ({ url, port }: Target, headersFile: string): Promise<Scores> => {
  const options = [`--port=${port}`, "--quiet", "--output=json", `--only-categories=${CATEGORIES}`];
  const { code, stdout, output } = await runCommand([...LIGHTHOUSE, url, ...options, `--extra-headers=${headersFile}`]);
  if (code !== 0) throw new Error(`Lighthouse gave nothing for ${url}:\n${output.trim()}`);
  const { categories, audits } = reportSchema.parse(JSON.parse(stdout));
  const score = (name: string): number => Math.round((categories[name]?.score ?? Number.NaN) * 100);
  const value = (name: string): number => audits[name]?.numericValue ?? Number.NaN;
  return {
    performance: score("performance"),
    accessibility: score("accessibility"),
    bestPractices: score("best-practices"),
    lcpMs: value("largest-contentful-paint"),
    tbtMs: value("total-blocking-time"),
    cls: value("cumulative-layout-shift"),
  };
};

/**
 * Lighthouse's figures for a page, mobile preset, each the median of the runs. Drives the browser at `port`; needs the
 * npm registry once. The session goes by a file of our own, since everybody on the machine can read a command.
 */
export const runLighthouse = async (target: Target): Promise<Scores> => {
  const folder = mkdtempSync(path.join(os.tmpdir(), "0xbot-lighthouse-"));
  const headersFile = path.join(folder, "headers.json");
  writeFileSync(headersFile, JSON.stringify(target.cookie === "" ? {} : { Cookie: target.cookie }));
  const all: Scores[] = [];
  try {
    for (let run = 0; run < target.runs; run += 1) all.push(await runOnce(target, headersFile));
  } finally {
    rmSync(folder, { recursive: true });
  }
  const of = (name: keyof Scores): number => median(all.map((scores) => scores[name]));
  return {
    performance: of("performance"),
    accessibility: of("accessibility"),
    bestPractices: of("bestPractices"),
    lcpMs: of("lcpMs"),
    tbtMs: of("tbtMs"),
    cls: of("cls"),
  };
};
