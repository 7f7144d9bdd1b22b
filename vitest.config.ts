import path from "node:path";
import { defineConfig } from "vitest/config";

const folder = import.meta.dirname;
const DATABASE_TESTS = "**/*.db.test.ts";
const NOT_OURS = ["**/node_modules/**", "**/.next/**", "**/.data/**", "e2e/**/*.spec.ts"];

export default defineConfig({
  test: {
    // Against a test that hangs, not one that is slow: the machine may be busy, and speed is measured elsewhere.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: ["{src,scripts,simulators,prisma,bench}/**/*.test.{ts,tsx}"],
          exclude: [...NOT_OURS, DATABASE_TESTS],
        },
      },
      {
        extends: true,
        test: {
          name: "db",
          include: [`{src,scripts,simulators,prisma,bench}/${DATABASE_TESTS}`],
          exclude: NOT_OURS,
          globalSetup: ["scripts/testing/database-setup.ts"],
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
