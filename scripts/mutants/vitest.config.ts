import path from "node:path";
import { defineConfig } from "vitest/config";

/** The project, or the copy of it that mutants are planted in. */
const folder = path.join(import.meta.dirname, "..", "..");

export default defineConfig({
  test: {
    root: folder,
    testTimeout: 60_000,
    // One worker for all files of a mutant: one worker per file would take longer to start than its tests to run.
    isolate: false,
    // The example tests beside the code. Property tests are left out: what only long random runs notice is not judged.
    include: [
      "scripts/mutants/loads.test.ts",
      "src/trading/{money,bot-settings}.test.ts",
      "src/trading/{risk,execution,portfolio,settlement,performance}/**/*.test.ts",
      "src/trading/decision/modes/trinity/{trinity-conditions,score-trinity-side}.test.ts",
    ],
    exclude: ["**/*.property.test.ts"],
    setupFiles: ["scripts/mutants/fixed-chance.ts", "scripts/mutants/no-mutant-yet.ts"],
  },
  resolve: { alias: { "~": path.join(folder, "src") } },
});
