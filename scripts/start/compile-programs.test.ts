import { beforeAll, describe, expect, it } from "vitest";
import { compilePrograms } from "./compile-programs";

type Outputs = Awaited<ReturnType<typeof compilePrograms>>["outputs"];
type Loaded = { readonly sources: ReadonlySet<string>; readonly packages: ReadonlySet<string> };

let outputs: Outputs;
beforeAll(async () => ({ outputs } = await compilePrograms(null)));

/** What a program loads as it starts: its own code and what that imports, but nothing that it may import later. */
const loadedBy = (program: string): Loaded => {
  const [sources, packages] = [new Set<string>(), new Set<string>()];
  const files = [`.programs/${program}.js`];
  // Grows while it is walked.
  for (const file of files) {
    for (const source of Object.keys(outputs[file]?.inputs ?? {})) sources.add(source);
    for (const { path, kind, external } of outputs[file]?.imports ?? []) {
      if (kind !== "import-statement") continue;
      if (external === true) packages.add(path);
      else if (!files.includes(path)) files.push(path);
    }
  }
  expect(sources.size).toBeGreaterThan(1);
  return { sources, packages };
};

const COMPILERS = /^(tsx|esbuild|typescript)\b/;
const exchangesIn = (sources: Iterable<string>): string[] =>
  [...sources].filter((source) => /ccxt\/js\/src\/\w+\.js$/.test(source));

describe("what a process of npm start loads", () => {
  it.each(["start-command", "prepare-process", "market-process", "runner-process"])(
    "%s: no compiler, and no exchange before it asks one",
    (program) => {
      const { sources, packages } = loadedBy(program);
      expect([...packages].filter((name) => COMPILERS.test(name))).toEqual([]);
      expect(exchangesIn(sources)).toEqual([]);
    },
  );

  it("OKX alone of ccxt's exchanges", () => {
    const all = Object.values(outputs).flatMap(({ inputs }) => Object.keys(inputs));
    expect(exchangesIn(all)).toEqual(["node_modules/ccxt/js/src/okx.js"]);
  });

  it("the start command: no Prisma, no Inngest and no market, since it runs as long as all others", () => {
    const { sources, packages } = loadedBy("start-command");
    expect([...packages].filter((name) => !name.startsWith("node:")).toSorted()).toEqual(["pg", "uuid", "zod"]);
    expect(
      [...sources].filter((source) => /generated|simulators|trading\/(decision|risk|portfolio)/.test(source)),
    ).toEqual([]);
  });

  it("the market: candles, and a connection to the database", () => {
    const { sources, packages } = loadedBy("market-process");
    expect([...packages].filter((name) => !name.startsWith("node:")).toSorted()).toEqual(["decimal.js", "pg", "zod"]);
    expect([...sources].filter((source) => source.includes("/generated/"))).toEqual([]);
  });
});
