import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { DIPS } from "~/trading/backtest/testing/dips";
import { createSyntheticLibrary, SYNTHETIC_FROM } from "../testing/synthetic-library";
import { writeCandleFolder } from "../testing/write-candle-folder";
import { PROJECT_FOLDER } from "../project-folder";
import type { BacktestDocument } from "../backtest/run-recording";
import type { ReplayReport } from "./report-document";

const DAY_MS = 86_400_000;
const iso = (days: number): string => new Date(SYNTHETIC_FROM + days * DAY_MS).toISOString();
/** Eight hours before SMA200 is warm, and ten after: a replay takes long, and trades in these. */
const [FROM, TO] = [iso(8), iso(8.75)];
const CYCLES = 36;
const EAGER = { pairs: ["SOL/USDT", "BTC/USDT", "ETH/USDT"], intervalSeconds: 1800, decision: { preset: "original" } };

let folder = "";

beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), "0xbot-replay-test-"));
  const library = createSyntheticLibrary(12);
  writeCandleFolder(path.join(folder, "whole"), library);
  writeCandleFolder(path.join(folder, "truncated"), library, Date.parse(TO));
  writeFileSync(path.join(folder, "settings.json"), JSON.stringify(EAGER));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Run = { readonly code: number | null; readonly text: string; readonly messages: string };

const CANDLE_FOLDERS = ["whole", "truncated", "."];
const inFolder = (word: string): string => (CANDLE_FOLDERS.includes(word) ? path.join(folder, word) : word);

/** One run in a process group of its own; with `killAt` the group dies once its progress says so. */
const run = (command: "replay" | "backtest", args: readonly string[], killAt?: RegExp): Promise<Run> =>
  new Promise((resolve) => {
    const out = path.join(folder, `${Math.random()}.json`);
    const all = [
      "--settings",
      path.join(folder, "settings.json"),
      "--from",
      FROM,
      "--to",
      TO,
      "--json",
      "--out",
      out,
      ...args.map(inFolder),
    ];
    const child = spawn(process.execPath, [path.join(inject("children"), `${command}.js`), ...all], {
      cwd: PROJECT_FOLDER,
      detached: true,
      stdio: ["ignore", "ignore", "pipe"],
    });
    let messages = "";
    child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
      messages += chunk;
      if (killAt?.test(messages) === true && child.pid !== undefined) {
        process.kill(-child.pid, "SIGKILL");
      }
    });
    child.once("close", (code) => resolve({ code, messages, text: code === 0 ? readFileSync(out, "utf8") : "" }));
  });

const replay = (args: readonly string[], killAt?: RegExp): Promise<Run> => run("replay", args, killAt);

const onWhole = (...args: string[]): string[] => ["--candles", "whole", ...args];

const runs = new Map<string, Promise<Run>>();
/** The same is run once, for all that compare with it. */
const runOnce = (command: "replay" | "backtest", args: readonly string[]): Promise<Run> => {
  const key = [command, ...args].join(" ");
  const running = runs.get(key) ?? run(command, args);
  runs.set(key, running);
  return running;
};

describe("a replay", () => {
  let first: Run;
  beforeAll(async () => {
    first = await runOnce("replay", onWhole());
  }, 300_000);

  it("trades and keeps every invariant after every cycle", () => {
    expect(first.messages).not.toContain("Error");
    const report = JSON.parse(first.text) as ReplayReport;
    expect(report.pairs).toEqual(EAGER.pairs);
    expect(report.warmupUntil).toBe(new Date(SYNTHETIC_FROM + 200 * 3_600_000).toISOString());
    expect(report.decisions.reason["warming-up"]).toBe(24);
    expect(report.trades.length).toBeGreaterThan(1);
    expect(report.cycles).toEqual({ done: CYCLES, skipped: {}, failed: 0, abandoned: 0 });
    expect(report.invariants).toEqual({ checked: CYCLES * 10, broken: 0, breaches: [] });
    expect(report.equity).toHaveLength(CYCLES);
  });

  // Several differences in one run, because a replay takes long; none of them may change a byte.
  it("gives the same bytes with the guard at every candle, other ids, and nothing recorded after its end", async () => {
    const args = ["--candles", "truncated", "--guard", "5m", "--seed", "77"];
    expect((await replay(args)).text).toBe(first.text);
  }, 300_000);

  it("gives the same bytes without the guard, after its process group was killed twice and resumed", async () => {
    const args = onWhole("--guard", "off", "--seed", "5");
    expect((await replay(args, / 3\d %/)).code).toBeNull();
    expect((await replay([...args, "--resume"], / 7\d %/)).code).toBeNull();
    const resumed = await replay([...args, "--resume"]);
    expect(resumed.code, resumed.messages).toBe(0);
    expect(resumed.messages).toContain("resuming");
    expect(resumed.text).toBe(first.text);
  }, 300_000);
});

/** What only one of the two can tell, or tells of its own run. */
const withoutOwn = (text: string): Partial<ReplayReport> => {
  const { invariants, ...report } = JSON.parse(text) as ReplayReport;
  expect(invariants).toMatchObject({ broken: 0, breaches: [] });
  return report;
};

const SHORT = ["--to", iso(8.625)];
const settingsFile = (name: string, settings: object): string => {
  const file = path.join(folder, `${name}.json`);
  writeFileSync(file, JSON.stringify({ pairs: EAGER.pairs, intervalSeconds: 1800, ...settings }));
  return file;
};

/** A bot that asks its trader, whom a recording does not have. */
const onAsking = (): string[] => {
  const settings = { decision: EAGER.decision, approval: { minutes: 1, bandFraction: 0.0005 } };
  return onWhole(...SHORT, "--settings", settingsFile("asking", settings));
};

describe("a backtest", () => {
  // One row a mode.
  it.each<[string, () => string[]]>([
    ["trinity", () => onWhole()],
    [
      "trinity",
      () =>
        onWhole(
          ...SHORT,
          "--settings",
          settingsFile("exits", {
            decision: EAGER.decision,
            exits: {
              breakEven: { fromFraction: 0.01, lockFraction: 0.002 },
              trailing: { by: "atr", multiple: 2, fromFraction: 0.012 },
              timeExitMinutes: 600,
              targets: [{ atFraction: 0.008, share: 0.4 }],
            },
            risk: { rewardToRiskMin: 0.5 },
          }),
        ),
    ],
    [
      "indicator",
      () =>
        onWhole(
          ...SHORT,
          "--settings",
          settingsFile("indicator", {
            mode: "indicator",
            decision: {
              pullbackRsiMax: 60,
              breakoutRsiMin: 50,
              freshBreakout: false,
              entryScoreMin: 0.6,
              volumeShareMin: 0,
            },
          }),
        ),
    ],
    [
      "trinity",
      () =>
        onWhole(
          ...SHORT,
          "--settings",
          settingsFile("legs", {
            decision: { preset: "original", stopLossFraction: 0.03 },
            dca: { legs: [{ againstFraction: 0.003, share: 0.4 }] },
            exits: { targets: [{ atFraction: 0.01, share: 0.5 }] },
            matching: { version: 2 },
            risk: { rewardToRiskMin: 0.5 },
          }),
        ),
    ],
    ["trinity", onAsking],
    ["custom", () => onWhole(...SHORT, "--settings", settingsFile("custom", { mode: "custom", decision: DIPS }))],
    ["buy-and-hold", () => onWhole(...SHORT, "--settings", settingsFile("hold", { mode: "buy-and-hold" }))],
  ])(
    "of %s gives the trades, open positions, equity and decisions of a replay, to the last digit",
    async (mode, argsOf) => {
      const args = argsOf();
      const [replayed, backtested] = [await runOnce("replay", args), await runOnce("backtest", args)];
      expect(backtested.code, backtested.messages).toBe(0);
      const { metrics, candles, seconds, ...report } = withoutOwn(backtested.text) as BacktestDocument;
      expect(report).toEqual(withoutOwn(replayed.text));
      expect(report.mode).toBe(mode);
      expect(report.trades.length + report.openPositions.length).toBeGreaterThan(1);
      expect(metrics.all.trades).toBe(report.trades.length);
      expect(candles).toBe((3 * (Date.parse(report.to) - Date.parse(FROM))) / 300_000);
      expect(seconds).toBeGreaterThan(0);
    },
    300_000,
  );

  it.each(["backtest", "replay"] as const)("of a bot that asks its trader says so: a %s", async (command) => {
    const { messages } = await runOnce(command, onAsking());
    expect(messages).toContain("note: this bot asks you before it enters; here every entry counts as accepted at once");
  });

  it("gives the same bytes again but for its seconds, also where nothing after its end was recorded", async () => {
    const bytesOf = ({ text }: Run): string => text.replace(/"seconds": [\d.e-]+/, "");
    const first = bytesOf(await runOnce("backtest", onWhole()));
    expect(first).toContain('"trades": [');
    expect(bytesOf(await run("backtest", ["--candles", "truncated"]))).toBe(first);
  });
});

describe("a command line that cannot be followed", () => {
  it.each([
    ["a folder without candles", ["--candles", "."], /has no candle file: expected/],
    ["a folder that is not there", ["--candles", "/nowhere"], /cannot read the candle folder/],
    ["a pair that was not recorded", onWhole("--pairs", "XRP/USDT"), /no swap candles of XRP\/USDT: it has BTC\/USDT/],
    ["an interval finer than the candles", onWhole("--interval", "60"), /must be a multiple of 300 s/],
    [
      "a span without candles",
      onWhole("--to", "2023-01-01", "--from", "2022-01-01"),
      /nothing is recorded in that span/,
    ],
    ["an unknown option", onWhole("--pears", "BTC/USDT"), /Unknown option '--pears'/],
  ])("says what to do: %s", async (_, args, message) => {
    const refused = await replay(args);
    expect(refused.code).toBe(2);
    expect(refused.messages).toMatch(message);
    expect(refused.messages).not.toContain("    at ");
  });
});
