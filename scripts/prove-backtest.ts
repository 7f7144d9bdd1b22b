import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { isDeepStrictEqual } from "node:util";
import { MODE_NAMES } from "../src/trading/decision/modes/registry";
import type { BacktestDocument } from "./backtest/run-recording";
import { installed } from "./run-command";
import { PROJECT_FOLDER } from "./project-folder";

const USAGE = `Usage: npm run -s prove:backtest -- <options of backtest>

Runs the same candles through the whole stack (replay) and through the pure core (backtest), and compares trades, open
positions, equity, decisions and cycles to the last digit: once for each mode, and for Trinity with every kind of exit.
With --mode that mode only; with --settings these settings only, in each mode.`;

/** Every way in which a position is closed beside its stop and target, so near that each happens. */
const EXITS = {
  breakEven: { fromFraction: 0.01, lockFraction: 0.002 },
  trailing: { by: "atr", multiple: 2, fromFraction: 0.012 },
  timeExitMinutes: 600,
  targets: [
    { atFraction: 0.008, share: 0.3 },
    { atFraction: 0.016, share: 0.3 },
  ],
};

const run = (command: "replay" | "backtest", args: readonly string[]): Promise<void> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [installed("tsx"), `scripts/${command}.ts`, ...args], {
      cwd: PROJECT_FOLDER,
      stdio: ["ignore", "ignore", "inherit"],
    });
    child.once("exit", (code) =>
      code === 0
        ? resolve()
        : reject(new Error(`the ${command} ended with code ${String(code)}: see its message above`)),
    );
  });

type Document = Partial<BacktestDocument>;

/** The fields that the two must agree in, and do not. `invariants` are each one's own checks. */
const differences = (replayed: Document, backtested: Document): string[] =>
  (Object.keys(replayed) as (keyof Document)[]).filter(
    (field) => field !== "invariants" && !isDeepStrictEqual(replayed[field], backtested[field]),
  );

/** A bot to prove: how its mode is called, and its settings beside those of the command line. */
type Row = { readonly name: string; readonly mode: string; readonly settings: object | null };

const proveRow = async ({ name, mode, settings }: Row, given: readonly string[]): Promise<boolean> => {
  const folder = mkdtempSync(path.join(os.tmpdir(), "0xbot-backtest-"));
  const file = path.join(folder, "settings.json");
  if (settings) writeFileSync(file, JSON.stringify(settings));
  const args = [...given, "--mode", mode, ...(settings ? ["--settings", file] : [])];
  const read = (report: string): Document => JSON.parse(readFileSync(path.join(folder, report), "utf8")) as Document;
  for (const command of ["backtest", "replay"] as const) {
    await run(command, [...args, "--json", "--out", path.join(folder, `${command}.json`)]);
  }
  const [replayed, backtested] = [read("replay.json"), read("backtest.json")];
  const different = differences(replayed, backtested);
  const counts = `${replayed.trades?.length ?? 0} trades, ${replayed.equity?.length ?? 0} equity points`;
  if (different.length === 0) rmSync(folder, { recursive: true });
  const verdict =
    different.length === 0 ? "equal" : `DIFFERENT in ${different.join(", ")}: compare the files of ${folder}`;
  process.stdout.write(`${name}: ${counts}: ${verdict}\n`);
  return different.length === 0;
};

const rowsOf = (argv: readonly string[]): Row[] => {
  const at = argv.indexOf("--mode");
  const modes = at < 0 ? MODE_NAMES : argv.slice(at + 1, at + 2);
  const rows = modes.map((mode) => ({ name: mode, mode, settings: null }));
  if (at >= 0 || argv.includes("--settings")) return rows;
  return [...rows, { name: "trinity with exits", mode: "trinity", settings: { exits: EXITS } }];
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
