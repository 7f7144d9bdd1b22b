/**
 * The browser tests, against the product as `npm start` runs it: npm run test:e2e [-- e2e/live.spec.ts ...]. Builds the
 * app when its sources are newer. `--report <file>` writes Playwright's JSON report too.
 */
import { spawn } from "node:child_process";
import { installed } from "./run-command";
import { buildApp, needsBuild } from "./start/build-app";
import { findChromium } from "./testing/find-chromium";

const [first, file, ...others] = process.argv.slice(2);
const isReported = first === "--report" && file !== undefined;
const args = isReported ? ["--reporter=line,json", ...others] : process.argv.slice(2);

const run = (chromiumPath: string): Promise<number> =>
  new Promise((resolve, reject) => {
    const child = spawn(installed("playwright"), ["test", ...args], {
      env: {
        ...process.env,
        CHROMIUM_PATH: chromiumPath,
        ...(isReported && { PLAYWRIGHT_JSON_OUTPUT_FILE: file }),
      },
      stdio: "inherit",
    });
    child.once("error", reject);
    child.once("close", (code) => resolve(code ?? 1));
  });

try {
  const chromiumPath = await findChromium();
  if (needsBuild()) await buildApp();
  process.exitCode = await run(chromiumPath);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
