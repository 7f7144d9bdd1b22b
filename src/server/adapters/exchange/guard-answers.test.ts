import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { guardAnswers } from "./guard-answers";
import { loadCcxt, type Ccxt, type Okx } from "./load-ccxt";

describe("guardAnswers", () => {
  let ccxt: Ccxt;
  let server: Server;
  let body = "";
  let connect: (Exchange: Ccxt["okx"]) => Okx;

  beforeAll(async () => {
    ccxt = await loadCcxt();
    server = createServer((_, response) => response.end(body));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    connect = (Exchange) => {
      const exchange = new Exchange({ apiKey: "k", secret: "s", password: "p", enableRateLimit: false });
      exchange.urls["api"] = { rest: `http://127.0.0.1:${port}` };
      exchange.setMarkets([]);
      return exchange;
    };
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  it.each(["<html>captcha</html>", '{"code":"0","data":[{', "", "[]"])(
    "never lets %j pass for an account without positions",
    async (answer) => {
      body = answer;
      await expect(connect(guardAnswers(ccxt)).fetchPositions()).rejects.toBeInstanceOf(ccxt.BadResponse);
    },
  );

  it("guards against what plain ccxt still does: if this fails, the guard may be obsolete", async () => {
    body = "<html>captcha</html>";
    expect(await connect(ccxt.okx).fetchPositions()).toEqual([]);
  });

  it("lets OKX's own answers pass, good and bad", async () => {
    const exchange = connect(guardAnswers(ccxt));
    body = '{"code":"0","msg":"","data":[]}';
    expect(await exchange.fetchPositions()).toEqual([]);
    body = '{"code":"50011","msg":"Too Many Requests","data":[]}';
    await expect(exchange.fetchPositions()).rejects.toBeInstanceOf(ccxt.RateLimitExceeded);
  });
});
