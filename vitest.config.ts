import os from "node:os";
import path from "node:path";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

const folder = import.meta.dirname;
const DATABASE_TESTS = "**/*.db.test.ts";
const NOT_OURS = ["**/node_modules/**", "**/.next/**", "**/.data/**", "e2e/**/*.spec.ts"];

/** One more than cores: a file waits as long for PostgreSQL, for leases and for processes as it computes. */
const DATABASE_WORKERS = os.availableParallelism() + 1;

/** Whose cases start programs and wait for them, the slowest first: begun last they would run on alone. */
const SLOWEST = ["/scripts/start/", "/scripts/replay/", "/src/inngest/", "/prisma/", "/scripts/"];

const rankOf = ({ moduleId }: TestSpecification): number => {
  const rank = SLOWEST.findIndex((place) => moduleId.includes(place));
  return rank === -1 ? SLOWEST.length : rank;
};

/** A first run knows sizes of files only; Vitest's order holds among those that are equally slow. */
class SlowestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    // oxlint-disable-next-line unicorn/no-array-sort -- a sequencer's method, no array's
    const sorted = await super.sort(files);
    return sorted.toSorted((a, b) => rankOf(a) - rankOf(b));
  }
}

// `isolate: false`: modules are loaded once a worker, not once a file. No file replaces one, or leaves a change behind.
export default defineConfig({
  test: {
    // Against a test that hangs, not one that is slow: the machine may be busy, and speed is measured elsewhere.
    testTimeout: 300_000,
    hookTimeout: 600_000,
    sequence: { sequencer: SlowestFirst },
    setupFiles: ["scripts/testing/fixed-chance.ts"],
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: ["{src,scripts,simulators,prisma,bench}/**/*.test.{ts,tsx}"],
          exclude: [...NOT_OURS, DATABASE_TESTS],
          isolate: false,
        },
      },
      {
        extends: true,
        test: {
          name: "db",
          include: [`{src,scripts,simulators,prisma,bench}/${DATABASE_TESTS}`],
          exclude: NOT_OURS,
          globalSetup: ["scripts/testing/database-setup.ts"],
          setupFiles: ["scripts/testing/kept-plans.ts"],
          maxWorkers: DATABASE_WORKERS,
          isolate: false,
          // Projects with other numbers of workers run after one another.
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: "http",
          include: ["e2e/**/*.http.test.ts"],
          globalSetup: ["scripts/testing/database-setup.ts"],
          fileParallelism: false,
        },
      },
    ],
  },
  resolve: {
    alias: {
      "~": path.join(folder, "src"),
      // The marker throws outside of Next; a test is neither browser nor page.
      "server-only": path.join(folder, "scripts", "testing", "empty-module.ts"),
    },
  },
});
