import { chromium, type Browser, type BrowserContext } from "@playwright/test";
import { startDemo, type RunningProduct } from "../e2e/support/running-product";
import { signIn } from "../e2e/support/sign-in";
import { findFreePort } from "../scripts/postgres/free-port";
import { buildApp, needsBuild } from "../scripts/start/build-app";
import { CHROMIUM_ARGS, findChromium } from "../scripts/testing/find-chromium";

export type DemoVisit = {
  readonly product: RunningProduct;
  readonly browser: Browser;
  /** Signed in as the demo's user. */
  readonly context: BrowserContext;
  /** The port at which other tools can drive the same browser. */
  readonly debuggingPort: number;
};

/** Runs the product with its demo and a browser that is signed in to it; ends both, however `work` ends. */
export const browseDemo = async (work: (visit: DemoVisit) => Promise<void>): Promise<void> => {
  const executablePath = await findChromium();
  if (needsBuild()) await buildApp();
  const product = await startDemo();
  const stop = async (): Promise<void> => {
    await product.interrupt();
    product.remove();
  };
  process.once("SIGINT", () => void stop().then(() => process.exit(130)));
  try {
    const debuggingPort = await findFreePort();
    const args = [...CHROMIUM_ARGS, `--remote-debugging-port=${debuggingPort}`];
    const browser = await chromium.launch({ executablePath, args });
    try {
      const context = await browser.newContext({ baseURL: product.url, viewport: { width: 1280, height: 800 } });
      const page = await context.newPage();
      await signIn(page, product);
      await page.close();
      await work({ product, browser, context, debuggingPort });
    } finally {
      await browser.close();
    }
  } finally {
    await stop();
  }
};
