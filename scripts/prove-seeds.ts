import { fork } from "node:child_process";
import { availableParallelism } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import type { DecisionMode } from "../src/trading/decision/basis/decision-mode";
import { MODES } from "../src/trading/decision/modes/registry";
import { normal, shareOfEdges } from "../src/trading/performance/testing/planted-edge";
import { PROJECT_FOLDER } from "./project-folder";
import { describeSeeds, judgeFound, judgeMode, type JudgedMode } from "./seeds/judge-seeds";
import type { SeedRun } from "./seeds/trade-seed";
import type { SeedShare } from "./seeds/trade-share";

const USAGE = `Usage: npm run -s prove:seeds -- [--seeds <count>] [--hours <count>] [--mode <name>] [--json]

Trades markets without drift, which nobody can predict, by each mode's defaults through the backtester (custom: by the
rules that README.md gives as an example, as it has none), and fails when a mode enters on more than 5 % of closed candles
without a position, makes money of chance, or is said to have an edge by more than 5 % of the seeds that can tell; or when
a planted edge of 0.20 R is found in less than 80 % of cases.

  --seeds <count>   how many markets for each mode (default: 1000); the same count gives the same report
  --hours <count>   how long each is traded, quiet ones up to three times as long (default: 3000)
  --mode <name>     this mode only
  --json            prints one JSON document`;

const PROCESSES = Math.min(2, availableParallelism());
const SHARE_FILE = path.join(PROJECT_FOLDER, "scripts", "seeds", "trade-share.ts");

/** Modes that enter by what they read: the control buys at once, and what a model would answer costs. */
const CHOOSING = Object.values<DecisionMode>(MODES).flatMap(({ name, isControl, asksModel }) =>
  isControl || asksModel ? [] : [name],
);

const tradeShare = (share: SeedShare, onRun: () => void): Promise<SeedRun[]> =>
  new Promise((resolve, reject) => {
    const runs: SeedRun[] = [];
    const child = fork(SHARE_FILE, [JSON.stringify(share)]);
    child.on("message", (run: SeedRun) => {
      runs.push(run);
      onRun();
    });
    child.once("error", reject);
    child.once("close", (code) =>
      code === 0 ? resolve(runs) : reject(new Error(`${share.mode} ended with code ${String(code)}: see above`)),
    );
  });

const proveMode = async (mode: string, seeds: number, hours: number): Promise<JudgedMode> => {
  let done = 0;
  const onRun = (): void => {
    done += 1;
    const end = done === seeds ? "\n" : "";
    if (process.stderr.isTTY) process.stderr.write(`\r${mode}: ${done} of ${seeds} markets${end}`);
  };
  const shares = Array.from({ length: PROCESSES }, (_, index) => index + 1);
  const runs = await Promise.all(
    shares.map((first) => tradeShare({ mode, first, last: seeds, step: PROCESSES, hours }, onRun)),
  );
  return judgeMode(
    mode,
    runs.flat().toSorted((one, other) => one.seed - other.seed),
  );
};

const prove = async (modes: readonly string[], { seeds, hours, isJson }: Options): Promise<number> => {
  const judged: JudgedMode[] = [];
  for (const mode of modes) judged.push(await proveMode(mode, seeds, hours));
  const found = shareOfEdges(200, (random) => 0.2 + normal(random));
  const isHeld = judgeFound(found) === null && judged.every(({ failures }) => failures.length === 0);
  const text = isJson
    ? JSON.stringify({ hours, modes: judged, plantedEdgeFound: found, isHeld }, null, 2)
    : describeSeeds(judged, found).join("\n");
  process.stdout.write(`${text}\n`);
  return isHeld ? 0 : 1;
};

type Options = { readonly seeds: number; readonly hours: number; readonly isJson: boolean };

const main = async (): Promise<number> => {
  const { values } = parseArgs({
    options: {
      seeds: { type: "string", default: "1000" },
      hours: { type: "string", default: "3000" },
      mode: { type: "string" },
      json: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  const [seeds, hours] = [Number(values.seeds), Number(values.hours)];
  const modes = CHOOSING.filter((name) => values.mode === undefined || name === values.mode);
  const isValid = [seeds, hours].every((count) => Number.isInteger(count) && count > 0) && modes.length > 0;
  if (values.help || !isValid) {
    process.stdout.write(`${USAGE}\n`);
    return values.help ? 0 : 1;
  }
  return prove(modes, { seeds, hours, isJson: values.json });
};

process.exitCode = await main();
