import { findFreePort } from "../../scripts/postgres/free-port";
import { createDemoProduct, type DemoProduct } from "../../scripts/testing/demo-product";

/** The product with its demo, and the login of its user. */
export type RunningProduct = DemoProduct & {
  readonly url: string;
  readonly email: string;
  readonly password: string;
  /** Starts it again after a kill, in the same folder and on the same port. */
  startAgain(): Promise<void>;
};

const LOGIN = /^Demo login: (\S+) \/ (\S+)$/;

const HISTORY_DAYS = 1;

/** Starts the demo on a free port at its usual speed, with a short history. The caller ends and removes it. */
export const startDemo = async (): Promise<RunningProduct> => {
  const product = createDemoProduct(["--history-days", String(HISTORY_DAYS)]);
  const port = String(await findFreePort());
  const start = () => product.start({ PORT: port, NEXTAUTH_URL: "", NEXTAUTH_SECRET: "" });
  try {
    await start();
    const [, email, password] = LOGIN.exec(product.lines.find((line) => LOGIN.test(line)) ?? "") ?? [];
    if (email === undefined || password === undefined) throw new Error("the product printed no demo login");
    return { ...product, url: `http://localhost:${port}`, email, password, startAgain: start };
  } catch (error) {
    await product.kill();
    product.remove();
    throw error;
  }
};
