import lighthouse from "lighthouse";
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

const median = (values: readonly number[]): number =>
  quantile(
    values.toSorted((first, second) => first - second),
    0.5,
  );

const runOnce = async ({ url, port, cookie }: Target): Promise<Scores> => {
  const result = await lighthouse(url, {
    port,
    logLevel: "error",
    output: "json",
    onlyCategories: ["performance", "accessibility", "best-practices"],
    extraHeaders: cookie === "" ? {} : { Cookie: cookie },
  });
  if (!result) throw new Error(`Lighthouse gave nothing for ${url}`);
  const { categories, audits } = result.lhr;
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

/** Lighthouse's figures for a page, mobile preset, each the median of the runs. Drives the browser at `port`. */
export const runLighthouse = async (target: Target): Promise<Scores> => {
  const all: Scores[] = [];
  for (let run = 0; run < target.runs; run += 1) all.push(await runOnce(target));
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
