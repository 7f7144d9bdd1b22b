import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { isDeepStrictEqual } from "node:util";
import type { DecisionMode } from "../src/trading/decision/basis/decision-mode";
import { MODES } from "../src/trading/decision/modes/registry";
import type { BacktestDocument } from "./backtest/run-recording";
import { installed } from "./run-command";
import { PROJECT_FOLDER } from "./project-folder";
import { readExampleRules } from "./example-rules";

const USAGE = `Usage: npm run -s prove:backtest -- <options of backtest>

Runs the same candles through the whole stack (replay) and through the pure core (backtest), and compares trades, open
positions, equity, decisions and cycles to the last digit: once for each mode (custom by the rules that README.md gives as
an example), and for each that chooses also with every kind of exit and with funding, and in legs with additions. Fails
too when a bot traded nothing. With --mode that mode only; with --settings these settings only, in each mode.`;

/** Every way in which a position is closed beside its stop and target, so near that each happens; and what costs time. */
const EVERYTHING = {
  exits: {
    breakEven: { fromFraction: 0.01, lockFraction: 0.002 },
    trailing: { by: "atr", multiple: 2, fromFraction: 0.012 },
    timeExitMinutes: 600,
    targets: [
      { atFraction: 0.008, share: 0.3 },
      { atFraction: 0.016, share: 0.3 },
    ],
  },
  // Parts that leave so early win little.
  risk: { rewardToRiskMin: 0.5 },
  matching: { version: 2, fundingRatePer8h: 0.0003 },
};

/** An entry in legs, added to later, of which a part leaves before its target. */
const IN_LEGS = {
  dca: {
    legs: [
      { againstFraction: 0.005, share: 0.3 },
      { againstFraction: 0.01, share: 0.2 },
    ],
  },
  exits: { targets: [{ atFraction: 0.012, share: 0.5 }] },
  risk: { rewardToRiskMin: 0.5, pyramidingMarginMax: 0.05 },
  matching: { version: 2, fundingRatePer8h: 0.0003 },
};

/** What a command reported. One that found broken invariants or failed cycles in what it did ends with 1, and reports it. */
const run = (command: "replay" | "backtest", args: readonly string[], out: string): Promise<Document> =>
  new Promise((resolve, reject) => {
    const child = spawn(
      process.execPath,
      [installed("tsx"), `scripts/${command}.ts`, ...args, "--json", "--out", out],
      {
        cwd: PROJECT_FOLDER,
        stdio: ["ignore", "ignore", "inherit"],
      },
    );
    child.once("exit", (code) =>
      existsSync(out)
        ? resolve(JSON.parse(readFileSync(out, "utf8")) as Document)
        : reject(new Error(`the ${command} ended with code ${String(code)}: see its message above`)),
    );
  });

type Document = Partial<BacktestDocument>;

/** The fields that the two must agree in, and do not. `invariants` are each one's own checks. */
const differences = (replayed: Document, backtested: Document): string[] =>
  (Object.keys(replayed) as (keyof Document)[]).filter(
    (field) => field !== "invariants" && !isDeepStrictEqual(replayed[field], backtested[field]),
  );

const faultsOf = (replayed: Document, backtested: Document): string[] => {
  const different = differences(replayed, backtested);
  const failed = replayed.cycles?.failed ?? 0;
  const isIdle = (replayed.trades?.length ?? 0) + (replayed.openPositions?.length ?? 0) === 0;
  return [
    ...(different.length > 0 ? [`DIFFERENT in ${different.join(", ")}`] : []),
    ...(failed > 0 ? [`${failed} cycles FAILED`] : []),
    ...[backtested, replayed].flatMap(({ invariants }) => invariants?.breaches ?? []).map((text) => `BROKEN: ${text}`),
    ...(isIdle ? ["NOTHING was traded, which proves little: take other candles or settings"] : []),
  ];
};

const countsOf = ({ trades = [], openPositions = [], equity = [] }: Document): string =>
  `${trades.length} trades, ${openPositions.length} open positions, ${equity.length} equity points`;

/** A bot to prove: how its mode is called, and its settings beside those of the command line. */
type Row = { readonly name: string; readonly mode: string; readonly settings: object | null };

const proveRow = async ({ name, mode, settings }: Row, given: readonly string[]): Promise<boolean> => {
  const folder = mkdtempSync(path.join(os.tmpdir(), "0xbot-backtest-"));
  const file = path.join(folder, "settings.json");
  if (settings) writeFileSync(file, JSON.stringify(settings));
  const args = [...given, "--mode", mode, ...(settings ? ["--settings", file] : [])];
  const backtested = await run("backtest", args, path.join(folder, "backtest.json"));
  const replayed = await run("replay", args, path.join(folder, "replay.json"));
  const faults = faultsOf(replayed, backtested);
  if (faults.length === 0) rmSync(folder, { recursive: true });
  else faults.push(`its reports are in ${folder}`);
  process.stdout.write(`${name}: ${countsOf(replayed)}: ${faults.length === 0 ? "equal" : faults.join("\n  ")}\n`);
  return faults.length === 0;
};

const rowsOf = (argv: readonly string[]): Row[] => {
  const at = argv.indexOf("--mode");
  // Nobody stands for a model here: those bots are proven from recorded replies, by a test of the replay.
  const own = Object.values<DecisionMode>(MODES).filter(({ asksModel }) => !asksModel);
  const modes = own.filter(({ name }) => at < 0 || name === argv[at + 1]);
  if (argv.includes("--settings")) return modes.map(({ name }) => ({ name, mode: name, settings: null }));
  return modes.flatMap(({ name: mode, isControl }) => {
    const rules = mode === MODES.custom.name ? readExampleRules() : {};
    const row = { name: mode, mode, settings: rules };
    if (isControl) return [row];
    return [
      row,
      { name: `${mode} with every exit`, mode, settings: { ...rules, ...EVERYTHING } },
      { name: `${mode} in legs`, mode, settings: { ...rules, ...IN_LEGS } },
    ];
  });
};

const main = async (argv: readonly string[]): Promise<number> => {
  if (argv.length === 0 || argv.includes("--help")) {
    process.stdout.write(`${USAGE}\n`);
    return 0;
  }
  let isEqual = true;
  for (const row of rowsOf(argv)) isEqual = (await proveRow(row, argv)) && isEqual;
  return isEqual ? 0 : 1;
};

process.exitCode = await main(process.argv.slice(2));
