import os from "node:os";
import { defineConfig } from "@playwright/test";
import { CHROMIUM_ARGS } from "./scripts/testing/find-chromium";

/** Each worker runs a whole product of its own: database, market, runner, app and browser. */
const CORES_FOR_TWO = 4;

export default defineConfig({
  testDir: "e2e",
  testMatch: "**/*.spec.ts",
  workers: os.availableParallelism() >= CORES_FOR_TWO ? 2 : 1,
  fullyParallel: false,
  // A test that passes at its second try is a fault of the product or of the test.
  retries: 0,
  forbidOnly: Boolean(process.env["CI"]),
  // Against a test that hangs: the machine may be busy.
  timeout: 300_000,
  expect: { timeout: 60_000 },
  reporter: "list",
  use: {
    browserName: "chromium",
    // A button that is not there is a failure, not something to wait for as long as a story lasts.
    actionTimeout: 60_000,
    launchOptions: {
      ...(process.env["CHROMIUM_PATH"] && { executablePath: process.env["CHROMIUM_PATH"] }),
      args: [...CHROMIUM_ARGS],
    },
    viewport: { width: 1280, height: 800 },
    screenshot: "only-on-failure",
    trace: "off",
  },
});
