import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { createMessagesSimulator, type MessagesSimulator } from "../../simulators/messages/create-messages-simulator";
import type { ScriptedTrader } from "../../simulators/messages/scripted-trader";
import { scriptedReply } from "~/trading/decision/asking/testing/scripted-reply";
import { parseReplies } from "~/trading/backtest/recorded-replies";
import type { BacktestDocument } from "../backtest/run-recording";
import { PROJECT_FOLDER } from "../project-folder";
import { createSyntheticLibrary, SYNTHETIC_FROM } from "../testing/synthetic-library";
import { writeCandleFolder } from "../testing/write-candle-folder";
import type { ReplayReport } from "./report-document";

const DAY_MS = 86_400_000;
const iso = (days: number): string => new Date(SYNTHETIC_FROM + days * DAY_MS).toISOString();
const SETTINGS = {
  mode: "llm",
  pairs: ["SOL/USDT", "BTC/USDT"],
  intervalSeconds: 1800,
  decision: { budgetPerDay: "100", rewardRiskMin: 1 },
};

/** Trades more often than the demo's scripted model. */
const trader: ScriptedTrader = ({ blocks }) => {
  const { content } = JSON.parse(scriptedReply(blocks.join("\n"))) as { content: [{ input: unknown }] };
  return { thoughts: "", input: content[0].input };
};

/** One each hour of a day. */
const QUESTIONS = 24;

let folder = "";
let simulator: MessagesSimulator;

beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), "0xbot-model-replay-"));
  writeCandleFolder(path.join(folder, "candles"), createSyntheticLibrary(12));
  writeFileSync(path.join(folder, "settings.json"), JSON.stringify(SETTINGS));
  simulator = await createMessagesSimulator({ vendor: "scripted", trader });
});

afterAll(async () => {
  await simulator.close();
  rmSync(folder, { recursive: true, force: true });
});

type Run = { readonly code: number | null; readonly text: string; readonly messages: string };

const run = (command: "replay" | "backtest", args: readonly string[]): Promise<Run> =>
  new Promise((resolve) => {
    const out = path.join(folder, `${command}.json`);
    const words = ["--candles", "candles", "--settings", "settings.json", "--from", iso(8), "--to", iso(9)];
    const all = [...words, ...args].map((word) =>
      /^(candles|.*\.jsonl?)$/.test(word) ? path.join(folder, word) : word,
    );
    const program = path.join(inject("children"), `${command}.js`);
    const child = spawn(process.execPath, [program, ...all, "--json", "--out", out], {
      cwd: PROJECT_FOLDER,
      env: { ...process.env, SCRIPTED_MODEL_URL: simulator.baseUrl },
      stdio: ["ignore", "ignore", "pipe"],
    });
    let messages = "";
    child.stderr.setEncoding("utf8").on("data", (chunk: string) => (messages += chunk));
    child.once("close", (code) => resolve({ code, messages, text: code === 0 ? readFileSync(out, "utf8") : "" }));
  });

/** What only one of the two can tell. */
const withoutOwn = (text: string): Partial<ReplayReport> => {
  const { invariants, ...report } = JSON.parse(text) as ReplayReport;
  expect(invariants).toMatchObject({ broken: 0, breaches: [] });
  return report;
};

it("a backtest from the replies of a replay gives its trades, equity and decisions to the last digit, and calls nobody", async () => {
  const replayed = await run("replay", ["--replies-out", "replies.jsonl"]);
  expect(replayed.code, replayed.messages).toBe(0);
  const replies = parseReplies(readFileSync(path.join(folder, "replies.jsonl"), "utf8"));
  const asked = simulator.requests().length;
  expect(replies).toHaveLength(QUESTIONS);
  const first = await run("backtest", ["--replies", "replies.jsonl"]);
  expect(first.code, first.messages).toBe(0);
  const { metrics, candles, seconds, model, ...report } = withoutOwn(first.text) as BacktestDocument;
  expect(report).toEqual(withoutOwn(replayed.text));
  expect([metrics.all.trades, candles > 0, seconds > 0]).toEqual([report.trades.length, true, true]);
  expect(report.trades.length + report.openPositions.length).toBeGreaterThan(0);
  expect(model).toEqual({
    model: "scripted/scripted-trader-1",
    questions: QUESTIONS,
    unmoved: 0,
    answered: QUESTIONS,
    missing: 0,
    costAtMost: "0",
    priceUnknown: null,
    warning: null,
  });
  const again = await run("backtest", ["--replies", "replies.jsonl"]);
  const bytesOf = ({ text }: Run): string => text.replace(/"seconds": [\d.e-]+/, "");
  expect(bytesOf(again)).toBe(bytesOf(first));
  // Without a record it holds, and tells what the same would cost.
  const bare = JSON.parse((await run("backtest", [])).text) as BacktestDocument;
  expect(bare.model).toMatchObject({ questions: QUESTIONS, answered: 0, missing: QUESTIONS, priceUnknown: null });
  expect(Number(bare.model?.costAtMost)).toBeGreaterThan(0);
  expect(bare.trades).toEqual([]);
  expect(simulator.requests()).toHaveLength(asked);
}, 300_000);

it("a file that holds no replies is refused with its line", async () => {
  writeFileSync(path.join(folder, "wrong.jsonl"), '{"promptHash":"1"}\n');
  const refused = await run("backtest", ["--replies", "wrong.jsonl"]);
  expect(refused.code).toBe(2);
  expect(refused.messages).toMatch(/wrong\.jsonl: line 1 is no recorded reply: promptHash/);
}, 60_000);
