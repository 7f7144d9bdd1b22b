import { expect, test as base } from "@playwright/test";
import { startDemo, type RunningProduct } from "./running-product";
import { watchTrouble, type Trouble } from "./watch-trouble";

type OfWorker = { readonly product: RunningProduct };
type OfTest = { readonly trouble: Trouble };

const START_MS_MAX = 300_000;

/**
 * A story runs against one running product per worker. Besides its own assertions, any trouble of a page fails it.
 */
export const story = base.extend<OfTest, OfWorker>({
  product: [
    async ({ browserName }, provide) => {
      expect(browserName).toBe("chromium");
      const product = await startDemo();
      await provide(product);
      await product.interrupt();
      product.remove();
    },
    { scope: "worker", timeout: START_MS_MAX },
  ],
  baseURL: ({ product }, provide) => provide(product.url),
  trouble: [
    async ({ context, product }, provide) => {
      const trouble = await watchTrouble(context, product.url);
      await provide(trouble);
      expect(trouble.seen).toEqual([]);
    },
    { auto: true },
  ],
});
