import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { checkArchitecture, type ArchitectureReport } from "./check-architecture";
import { PROJECT_FOLDER } from "./project-folder";

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A small project under our configuration: file -> what it imports. An imported file that is not listed is made too. */
const plant = (imports: Readonly<Record<string, readonly string[]>>): string => {
  const folder = mkdtempSync(path.join(os.tmpdir(), "0xbot-architecture-"));
  folders.push(folder);
  for (const file of [".dependency-cruiser.cjs", "tsconfig.json", "package.json"]) {
    copyFileSync(path.join(PROJECT_FOLDER, file), path.join(folder, file));
  }
  symlinkSync(path.join(PROJECT_FOLDER, "node_modules"), path.join(folder, "node_modules"));
  const write = (file: string, text: string): void => {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), text);
  };
  for (const targets of Object.values(imports)) {
    for (const target of targets.filter(isOurs)) write(fileOf(target), "export const it = 1;\n");
  }
  for (const [file, targets] of Object.entries(imports)) {
    write(file, `${targets.map((target) => statementFor(file, target)).join("\n")}\nexport const it = 1;\n`);
  }
  return folder;
};

const isType = (target: string): boolean => target.startsWith("type ");
const isOurs = (target: string): boolean => /^(type )?(src|simulators|scripts|prisma)\//.test(target);
const fileOf = (target: string): string => target.replace("type ", "");

const statementFor = (file: string, target: string): string => {
  const keyword = isType(target) ? "import type" : "import";
  return `${keyword} * as m${target.replaceAll(/\W/g, "")} from "${specifierFor(file, fileOf(target))}";`;
};

const specifierFor = (file: string, target: string): string => {
  if (!isOurs(target)) return target;
  const withoutExtension = target.replace(/\.tsx?$/, "");
  if (target.startsWith("src/")) return `~/${withoutExtension.slice("src/".length)}`;
  const relative = path.relative(path.dirname(file), withoutExtension);
  return relative.startsWith(".") ? relative : `./${relative}`;
};

/** What each part of the product may import, in one tree. */
const ALLOWED = {
  "src/trading/candle.ts": ["src/trading/money.ts", "decimal.js", "zod"],
  "src/trading/decision/decide.ts": ["src/trading/decision/modes/registry.ts"],
  "src/trading/decision/modes/registry.ts": ["src/trading/decision/modes/a/index.ts"],
  "src/trading/decision/modes/a/index.ts": ["src/trading/decision/modes/a/settings.ts", "src/trading/candle.ts"],
  "src/contracts/bot.ts": ["src/trading/money.ts", "src/contracts/user.ts", "zod"],
  "src/env.js": ["zod"],
  "src/server/db/client.ts": [
    "src/server/db/generated/client.ts",
    "src/env.js",
    "@prisma/adapter-pg",
    "src/trading/money.ts",
  ],
  "src/server/adapters/exchange/load-ccxt.ts": ["ccxt"],
  "src/server/adapters/exchange/create-exchange.ts": [
    "src/server/adapters/exchange/load-ccxt.ts",
    "type ccxt",
    "src/trading/money.ts",
    "src/server/db/client.ts",
    "node:crypto",
  ],
  "src/server/market/create-id.ts": ["uuid"],
  "src/server/cycle/apply-risk.ts": [
    "src/trading/money.ts",
    "src/contracts/bot.ts",
    "src/server/db/client.ts",
    "src/server/books/load-books.ts",
  ],
  "src/server/api/routers/bot.ts": [
    "src/server/cycle/apply-risk.ts",
    "src/contracts/bot.ts",
    "src/server/api/procedure/trpc.ts",
  ],
  "src/server/api/root.ts": ["src/server/api/routers/bot.ts", "src/server/runtime.ts"],
  "src/server/runtime.ts": [
    "src/server/market/create-id.ts",
    "src/server/adapters/exchange/create-exchange.ts",
    "src/inngest/client.ts",
    "src/inngest/events.ts",
    "src/env.js",
  ],
  "src/inngest/client.ts": ["inngest", "src/env.js", "src/inngest/embedded/send.ts"],
  "src/inngest/functions/run-bot-cycle.ts": [
    "src/inngest/client.ts",
    "src/server/cycle/apply-risk.ts",
    "src/server/runtime.ts",
  ],
  "src/inngest/functions/watch-venues.ts": ["src/server/venues/watch-venues.ts", "src/server/runtime.ts"],
  "src/inngest/embedded/queue.ts": ["pg", "inngest", "cron-parser", "node:crypto", "src/env.js"],
  "src/inngest/embedded/contract/runner-contract.ts": [
    "vitest",
    "src/inngest/client.ts",
    "scripts/testing/test-database.ts",
  ],
  "src/components/chart.tsx": ["src/trading/candle.ts", "src/contracts/bot.ts", "type src/server/api/root.ts", "react"],
  "src/trpc/react.tsx": ["type src/server/api/root.ts"],
  "src/trpc/server.tsx": ["src/server/api/root.ts"],
  "src/app/page.tsx": ["src/components/chart.tsx", "src/trpc/react.tsx", "src/server/api/root.ts"],
  "src/app/api/inngest/route.ts": ["src/inngest/index.ts", "src/env.js"],
  "src/instrumentation.ts": ["src/server/runtime.ts"],
  "src/proxy.ts": ["src/env.js"],
  "simulators/okx/server.ts": ["src/trading/candle.ts", "simulators/candles/read.ts", "node:http"],
  "scripts/replay.ts": [
    "simulators/okx/server.ts",
    "src/server/runtime.ts",
    "src/inngest/functions/run-bot-cycle.ts",
    "fast-check",
  ],
} as const;

/** [rule, importing file, what it must not import] */
const FORBIDDEN: readonly (readonly [string, string, string])[] = [
  ["trading-is-pure", "src/trading/p1.ts", "src/contracts/a.ts"],
  ["trading-is-pure", "src/trading/p2.ts", "src/server/db/a.ts"],
  ["trading-is-pure", "src/trading/p3.ts", "node:fs"],
  ["trading-is-pure", "src/trading/p4.ts", "react"],
  ["modes-through-the-registry", "src/server/cycle/p1.ts", "src/trading/decision/modes/a/index.ts"],
  ["modes-through-the-registry", "src/trading/p5.ts", "type src/trading/decision/modes/a/settings.ts"],
  ["modes-stay-apart", "src/trading/decision/modes/a/p1.ts", "src/trading/decision/modes/b/index.ts"],
  ["modes-stay-apart", "src/trading/decision/modes/a/p2.ts", "src/trading/decision/modes/registry.ts"],
  ["contracts-know-only-trading", "src/contracts/p1.ts", "type src/server/db/a.ts"],
  ["contracts-know-only-trading", "src/contracts/p2.ts", "node:fs"],
  ["env-is-a-leaf", "src/env.js", "src/trading/a.ts"],
  ["adapters-know-trading-and-db", "src/server/adapters/exchange/p1.ts", "src/server/bots/a.ts"],
  ["adapters-know-trading-and-db", "src/server/adapters/exchange/p2.ts", "src/env.js"],
  ["adapters-stay-apart", "src/server/adapters/exchange/p3.ts", "src/server/adapters/clock/a.ts"],
  ["ccxt-in-one-place", "src/server/adapters/exchange/p4.ts", "ccxt"],
  ["db-knows-trading", "src/server/db/p1.ts", "src/server/bots/a.ts"],
  ["generated-client-through-db", "src/server/bots/p1.ts", "type src/server/db/generated/client.ts"],
  ["generated-client-through-db", "scripts/p1.ts", "src/server/db/generated/client.ts"],
  ["prisma-through-db", "src/server/bots/p2.ts", "@prisma/adapter-pg"],
  ["verbs-take-ports-as-arguments", "src/server/bots/p3.ts", "src/server/adapters/clock/a.ts"],
  ["verbs-take-ports-as-arguments", "src/server/bots/p4.ts", "src/server/runtime.ts"],
  ["verbs-take-ports-as-arguments", "src/server/cycle/p5.ts", "src/inngest/client.ts"],
  ["verbs-take-ports-as-arguments", "src/server/cycle/p6.ts", "src/server/api/a.ts"],
  ["floors-know-those-below", "src/server/ports.ts", "type src/server/market/a.ts"],
  ["floors-know-those-below", "src/server/books/f1.ts", "src/server/cycle/a.ts"],
  ["floors-know-those-below", "src/server/cycle/f2.ts", "src/server/views/bots/a.ts"],
  ["floors-know-those-below", "src/server/market/f3.ts", "src/server/venues/a.ts"],
  ["verbs-stand-on-a-floor", "src/server/cycle/f4.ts", "src/server/elsewhere/a.ts"],
  ["routers-are-thin", "src/server/api/routers/p1.ts", "src/server/db/a.ts"],
  ["routers-are-thin", "src/server/api/routers/p2.ts", "src/server/runtime.ts"],
  ["routers-are-thin", "src/server/api/routers/p3.ts", "src/server/adapters/clock/a.ts"],
  ["api-is-assembled-from-routers", "src/server/api/p1.ts", "src/server/db/a.ts"],
  ["runtime-joins-ports-and-adapters", "src/server/runtime.ts", "src/server/api/a.ts"],
  ["runtime-joins-ports-and-adapters", "src/server/runtime.ts", "src/inngest/functions/a.ts"],
  ["inngest-orders-the-cycle", "src/inngest/functions/p1.ts", "src/server/db/a.ts"],
  ["inngest-orders-the-cycle", "src/inngest/functions/p2.ts", "src/server/adapters/clock/a.ts"],
  ["inngest-orders-the-cycle", "src/inngest/functions/p3.ts", "src/components/a.tsx"],
  ["inngest-leaves-stay-leaves", "src/inngest/client.ts", "src/inngest/functions/a.ts"],
  ["inngest-leaves-stay-leaves", "src/inngest/events.ts", "src/server/runtime.ts"],
  ["embedded-runner-knows-no-product", "src/inngest/embedded/p1.ts", "src/trading/a.ts"],
  ["embedded-runner-knows-no-product", "src/inngest/embedded/p2.ts", "src/inngest/events.ts"],
  ["embedded-runner-knows-no-product", "src/inngest/embedded/p3.ts", "zod"],
  ["components-know-router-types-only", "src/components/p1.tsx", "src/server/api/root.ts"],
  ["components-know-router-types-only", "src/components/p2.tsx", "src/inngest/events.ts"],
  ["components-know-contracts-and-trading", "src/components/p3.tsx", "type src/server/db/a.ts"],
  ["browser-trpc-knows-router-types-only", "src/trpc/p1.tsx", "src/server/api/root.ts"],
  ["trpc-knows-the-api", "src/trpc/server.ts", "src/server/db/a.ts"],
  ["pages-go-through-the-api", "src/app/p1.tsx", "src/server/db/a.ts"],
  ["pages-go-through-the-api", "src/app/p2.tsx", "src/server/cycle/a.ts"],
  ["pages-go-through-the-api", "src/app/p3.tsx", "src/server/runtime.ts"],
  ["route-handlers-call-one-thing", "src/app/api/p1.ts", "src/server/db/a.ts"],
  ["proxy-is-a-gate", "src/proxy.ts", "src/server/db/a.ts"],
  ["default-headers-know-the-environment", "src/default-headers.js", "src/server/db/a.ts"],
  ["supervisor-knows-health", "src/supervisor/p1.ts", "src/server/cycle/a.ts"],
  ["nobody-imports-supervisor", "src/server/health/p1.ts", "src/supervisor/a.ts"],
  ["instrumentation-starts-the-runtime", "src/instrumentation.ts", "src/server/db/a.ts"],
  ["simulators-know-trading-only", "simulators/p1.ts", "src/server/db/a.ts"],
  ["simulators-know-trading-only", "simulators/p2.ts", "zod"],
  ["nobody-imports-app", "src/server/bots/p7.ts", "src/app/a.ts"],
  ["nobody-imports-simulators", "src/server/bots/p8.ts", "simulators/a.ts"],
  ["nobody-imports-scripts", "src/server/bots/p9.ts", "scripts/a.ts"],
  ["nobody-imports-scripts", "simulators/p3.ts", "scripts/a.ts"],
  ["product-imports-no-fixture", "src/server/bots/p12.ts", "src/server/testing/a.ts"],
  ["product-imports-no-contract-suite", "src/inngest/embedded/p4.ts", "src/inngest/embedded/contract/a.ts"],
  ["product-needs-no-dev-dependency", "src/server/bots/p10.ts", "fast-check"],
  ["imports-resolve", "src/server/bots/p11.ts", "no-such-package"],
];

const CYCLE = {
  "src/server/bots/c1.ts": ["src/server/bots/c2.ts"],
  "src/server/bots/c2.ts": ["src/server/bots/c1.ts"],
};

const plantForbidden = (): string => {
  const imports: Record<string, string[]> = {};
  for (const [, file, target] of FORBIDDEN) imports[file] = [...(imports[file] ?? []), target];
  return plant({ ...imports, ...CYCLE });
};

type Configuration = { readonly forbidden: readonly { readonly name: string }[] };

describe("the import rules", () => {
  let report: ArchitectureReport;
  beforeAll(async () => {
    report = await checkArchitecture(plantForbidden());
  }, 60_000);

  it.each(FORBIDDEN)("%s: %s may not import %s", (rule, from) => {
    expect(report.violations.filter((each) => each.from === from).map((each) => each.rule)).toContain(rule);
  });

  it("allow no cycle", () => {
    expect(report.violations.map((each) => each.rule)).toContain("no-cycles");
  });

  it("allow no folder circle, which files without one may make", async () => {
    const folder = plant({
      "src/server/live/l1.ts": ["src/server/views/bots/b1.ts"],
      "src/server/views/bots/b2.ts": ["src/server/live/l2.ts"],
    });
    const { violations } = await checkArchitecture(folder);
    expect(violations.filter(({ rule }) => rule === "no-folder-circles").map(({ from }) => from)).toEqual([
      "src/server/live",
      "src/server/views/bots",
    ]);
  }, 60_000);

  it("are each proven here", () => {
    const load = createRequire(import.meta.url);
    const { forbidden } = load("../.dependency-cruiser.cjs") as Configuration;
    const proven = new Set([...FORBIDDEN.map(([rule]) => rule), "no-cycles"]);
    expect(forbidden.map(({ name }) => name).filter((name) => !proven.has(name))).toEqual([]);
  });
});

describe("the import check", () => {
  it("finds no fault in a tree that keeps the rules", async () => {
    const report = await checkArchitecture(plant(ALLOWED));
    expect(report.violations).toEqual([]);
    expect(report.moduleCount).toBeGreaterThan(Object.keys(ALLOWED).length);
  }, 60_000);

  it("fails when it read no module", async () => {
    await expect(checkArchitecture(plant({}))).rejects.toThrow(/There is none of/);
    const folder = plant({ "scripts/start.ts": [] });
    mkdirSync(path.join(folder, "src"));
    await expect(checkArchitecture(folder)).rejects.toThrow(/read no module/);
  }, 60_000);
});
