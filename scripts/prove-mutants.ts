import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { Stryker } from "@stryker-mutator/core";
import {
  acceptSurvivors,
  describeMutant,
  judgeMutants,
  type JudgedMutant,
  type Judgement,
  type Survivor,
} from "./mutants/judge-mutants";
import { strykerOptions, type Tried } from "./mutants/stryker-options";
import { PROJECT_FOLDER } from "./project-folder";

const USAGE = `Usage: npm run -s prove:mutants -- [--only <path>] [--known] [--sample <count> [--seed <text>]] [--accept]

Plants small defects (mutants) in the pure parts: risk, sizing, fills, settlement, ledger and Trinity's conditions, and
runs the tests beside them against each. Fails when less than 85 % are noticed, and lists those that were not, with why
if that is known.

  --only <path>      in files whose path begins so, such as src/trading/settlement; may be given several times
  --known            those that are known to survive, to see which of them a new test notices
  --sample <count>   only so many, drawn by the seed; fails when one survives that is not known to
  --seed <text>      draws the same sample again (default: another one each time)
  --accept           writes the survivors down as known ones of these files; what is said of them stays`;

const SCORE_MIN = 0.85;
const KNOWN_FILE = path.join(PROJECT_FOLDER, "scripts", "mutants", "known-survivors.json");

type Result = Awaited<ReturnType<Stryker["runMutationTest"]>>[number];

const readKnown = (): Survivor[] => JSON.parse(readFileSync(KNOWN_FILE, "utf8")) as Survivor[];

const writeKnown = (known: readonly Survivor[]): void =>
  writeFileSync(KNOWN_FILE, `${JSON.stringify(known, null, 2)}\n`);

const toJudged = ({ fileName, location, mutatorName, replacement, status }: Result): JudgedMutant => {
  const lines = readFileSync(fileName, "utf8").split("\n");
  return {
    status,
    file: path.relative(PROJECT_FOLDER, fileName).replaceAll(path.sep, "/"),
    line: location.start.line,
    code: lines[location.start.line - 1]?.trim() ?? "",
    mutator: mutatorName,
    replacement: replacement ?? "",
  };
};

const say = (tried: Tried, judgement: Judgement, known: readonly Survivor[]): void => {
  const { detected, survivors, unknown, score } = judgement;
  const { sample } = tried;
  const listed = sample ? unknown : survivors;
  const percent = score === null ? "none" : `${(score * 100).toFixed(1)} %`;
  const drawn = sample ? ` (sample of ${sample.count}, seed ${sample.seed})` : "";
  const counted = `${percent} of ${detected + survivors.length} mutants noticed, ${survivors.length} survived`;
  const lines = [
    ...listed.map((mutant) => describeMutant(mutant, known)),
    `${counted}, ${unknown.length} of them not known to${drawn}`,
  ];
  process.stdout.write(`${lines.join("\n")}\n`);
};

const prove = async (tried: Tried, isAccepted: boolean): Promise<number> => {
  const mutants = (await new Stryker(strykerOptions(tried)).runMutationTest()).map(toJudged);
  const known = readKnown();
  const judgement = judgeMutants(mutants, known);
  say(tried, judgement, known);
  const { unknown, score } = judgement;
  if (score === null) return 1;
  // A sample leaves out most of what is known of its files.
  if (isAccepted && !tried.sample) writeKnown(acceptSurvivors(mutants, known, tried.only === null));
  const isPart = tried.sample !== null || tried.changes !== null;
  return (isPart ? unknown.length === 0 : score >= SCORE_MIN) ? 0 : 1;
};

const main = async (argv: readonly string[]): Promise<number> => {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      sample: { type: "string" },
      seed: { type: "string", default: String(Date.now()) },
      only: { type: "string", multiple: true },
      known: { type: "boolean", default: false },
      accept: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  const count = Number(values.sample ?? 0);
  if (values.help || !Number.isInteger(count) || count < 0) {
    process.stdout.write(`${USAGE}\n`);
    return values.help ? 0 : 1;
  }
  const sample = count > 0 ? { count, seed: values.seed } : null;
  return prove({ sample, only: values.only ?? null, changes: values.known ? readKnown() : null }, values.accept);
};

process.exitCode = await main(process.argv.slice(2));
