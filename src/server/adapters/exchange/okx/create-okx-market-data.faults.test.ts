import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { timeframeMs } from "~/trading/market/timeframe";
import type { MarketData } from "~/trading/ports";
import { VenueError } from "~/trading/venue-error";

import { createOkxMarketData } from "./create-okx-market-data";

const T0 = Date.UTC(2022, 4, 1);
const STEP = timeframeMs("5m");
const BTC = { pair: "BTC/USDT", marketType: "swap" } as const;
const ETH = { pair: "ETH/USDT", marketType: "swap" } as const;

describe("OKX market data, from a venue that misbehaves", () => {
  type Reply = { status?: number; body: string; headers?: Record<string, string>; breaksOff?: boolean };
  let server: Server;
  let reply: Reply | "reset" = { body: "" };
  let timeReply: Reply | null = null;
  let market: MarketData;

  beforeAll(async () => {
    server = createServer((request, response) => {
      if (reply === "reset") return request.socket.destroy();
      const isTime = request.url === "/api/v5/public/time";
      const { status = 200, body, headers = {}, breaksOff = false } = (isTime ? timeReply : null) ?? reply;
      response.writeHead(status, headers);
      if (breaksOff) return response.write(body, () => response.destroy());
      return "content-length" in headers ? response.write(body) : response.end(body);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    market = await createOkxMarketData({ baseUrl: `http://127.0.0.1:${port}`, limiter: false, timeoutMs: 2000 });
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  const ok = (...data: unknown[]): Reply => ({ body: JSON.stringify({ code: "0", msg: "", data }) });
  const fail = (code: string, status = 200): Reply => ({ status, body: JSON.stringify({ code, msg: "no", data: [] }) });
  const kindOf = async (
    answer: Reply | "reset",
    ask = () => market.fetchTime() as Promise<unknown>,
  ): Promise<string> => {
    reply = answer;
    return ask().then(
      (value) => `answered ${JSON.stringify(value)}`,
      (error: unknown) => (error instanceof VenueError ? error.kind : `threw ${String(error)}`),
    );
  };

  it.each<[string, Reply | "reset", string]>([
    ["200 with HTML", { body: "<html>captcha</html>" }, "bad-response"],
    ["200 with cut JSON", { body: '{"code":"0","data":[{' }, "bad-response"],
    ["200 with nothing", { body: "" }, "bad-response"],
    ["200 with null", { body: "null" }, "bad-response"],
    ["200 with a list", { body: "[]" }, "bad-response"],
    ["200 with other JSON", { body: '{"ok":true}' }, "bad-response"],
    ["no data", { body: '{"code":"0"}' }, "bad-response"],
    ["no row", ok(), "bad-response"],
    ["a time that is none", ok({ ts: "soon" }), "bad-response"],
    ["502 with HTML", { status: 502, body: "<html>" }, "unreachable"],
    ["502 with a proxy's JSON", { status: 502, body: '{"error":"upstream"}' }, "unreachable"],
    ["a socket that dies", "reset", "unreachable"],
    ["a body that never ends", { body: '{"code":"0"', headers: { "content-length": "900" } }, "unreachable"],
    [
      "a body that breaks off",
      { body: '{"code":"0"', headers: { "content-length": "900" }, breaksOff: true },
      "unreachable",
    ],
    [
      "a body that is not the gzip it claims",
      { body: "hello", headers: { "content-encoding": "gzip" } },
      "bad-response",
    ],
    ["429", fail("50011", 429), "rate-limited"],
    ["50061", fail("50061"), "rate-limited"],
    ["50001", fail("50001", 503), "maintenance"],
    ["50026", fail("50026", 500), "unreachable"],
    ["an unknown code", fail("59999"), "refused"],
  ])("tells %s for what it is", async (_, answer, kind) => {
    expect(await kindOf(answer)).toBe(kind);
  });

  it("is unreachable where nobody listens", async () => {
    const nobody = await createOkxMarketData({ baseUrl: "http://127.0.0.1:1", limiter: false });
    expect(await kindOf(ok(), () => nobody.fetchTime())).toBe("unreachable");
  });

  const open = () => market.fetchOpenPrice({ ...BTC, timeframe: "5m", openTime: T0 });
  const row = (change: Record<number, unknown> = {}): unknown[] =>
    Object.assign([String(T0), "10.50", "12", "9", "11", "5", "0.05", "0.5", "1"], change);

  it.each<[string, unknown]>([
    ["a price that is text", row({ 2: "high" })],
    ["an empty price", row({ 4: "" })],
    ["a price of zero", row({ 3: "0" })],
    ["a high below the open", row({ 2: "10" })],
    ["a low above the close", row({ 3: "10.9" })],
    ["a time off the grid", row({ 0: String(T0 + 1) })],
    ["a candle that was not asked for", row({ 0: String(T0 - STEP) })],
    ["a negative volume", row({ 6: "-1" })],
    ["a short row", ["1", "2"]],
    ["a number where text belongs", row({ 1: 10.5 })],
    ["no row at all", null],
  ])("calls a candle with %s a bad response", async (_, bad) => {
    expect(await kindOf(ok(bad), open)).toBe("bad-response");
    expect(await kindOf(ok(row(), bad), open)).toBe("bad-response");
  });

  it("takes a good candle, the open as exact text", async () => {
    expect(await kindOf(ok(row()), open)).toBe('answered "10.5"');
    expect(await kindOf(ok(row(), row()), open)).toBe("bad-response"); // twice
  });

  it("leaves out a candle that the venue has not confirmed, whatever the time", async () => {
    const now = String(T0 + 2 * STEP);
    timeReply = ok({ ts: now });
    const ask = () => market.fetchCandles({ ...BTC, timeframe: "5m", from: T0, through: T0 });
    try {
      expect(await kindOf(ok(row({ 8: "0" })), ask)).toBe("answered []");
      expect(await kindOf(ok(row()), ask)).toMatch(/^answered \[\{"openTime":1651363200000,"open":10.5,/);
    } finally {
      timeReply = null;
    }
  });

  it("scales funding to 8 hours, and does not know it without the period", async () => {
    const funding = {
      instId: "BTC-USDT-SWAP",
      fundingRate: "0.00027815",
      fundingTime: "1634256000000",
      nextFundingTime: "1634270400000",
    };
    const ask = () => market.fetchFundingRate(BTC);
    expect(await kindOf(ok(funding), ask)).toBe('answered {"ratePer8h":"0.0005563","nextAt":1634256000000}');
    expect(await kindOf(ok({ ...funding, nextFundingTime: "" }), ask)).toBe("answered null");
    expect(await kindOf(ok({ ...funding, fundingRate: "" }), ask)).toBe("answered null");
    expect(await kindOf(ok({ ...funding, instId: "ETH-USDT-SWAP" }), ask)).toBe("bad-response");
  });

  it("reads open interest in base units and USD", async () => {
    const interest = { instId: "BTC-USDT-SWAP", oi: "2125419", oiCcy: "21254.19", oiUsd: "", ts: "1664005108969" };
    const ask = () => market.fetchOpenInterest(BTC);
    expect(await kindOf(ok(interest), ask)).toBe('answered {"base":"21254.19","quote":null,"time":1664005108969}');
  });

  it("needs a last price, and leaves unknown what else a ticker lacks", async () => {
    const ticker = {
      instId: "BTC-USDT-SWAP",
      last: "30000",
      bidPx: "",
      askPx: "0",
      volCcy24h: "x",
      ts: "1664005108969",
    };
    const ask = () => market.fetchTicker(BTC);
    expect(await kindOf(ok(ticker), ask)).toBe(
      'answered {"time":1664005108969,"last":"30000","bid":null,"ask":null,"baseVolume24h":null,"quoteVolume24h":null}',
    );
    expect(await kindOf(ok({ ...ticker, last: "" }), ask)).toBe("bad-response");
    expect(await kindOf(ok(), ask)).toBe("bad-response");
  });

  it("lists no market that is not live, not linear or without steps, and fails when none is left", async () => {
    const live = {
      instId: "ETH-USDT-SWAP",
      instType: "SWAP",
      state: "live",
      uly: "ETH-USDT",
      settleCcy: "USDT",
      ctType: "linear",
      ctVal: "0.1",
      ctMult: "1",
      tickSz: "0.01",
      lotSz: "0.01",
      minSz: "0.02",
      lever: "",
    };
    const odd = [
      { ...live, state: "suspend" },
      { ...live, instId: "ETH-USD-SWAP", uly: "ETH-USD", settleCcy: "ETH", ctType: "inverse" },
      { ...live, tickSz: "0" },
      { ...live, ctVal: "" },
      { instId: "ETH-USD_UM-SWAP", instType: "SWAP", state: "preopen" },
      null,
    ];
    reply = ok(live, ...odd);
    const listed = await market.listMarkets();
    expect(new Set(listed.map((rules) => JSON.stringify(rules)))).toEqual(
      new Set([
        JSON.stringify({
          ...ETH,
          tick: "0.01",
          contractSize: "0.1",
          lot: "0.001",
          quantityMin: "0.002",
          notionalMin: null,
          leverageMax: null,
        }),
      ]),
    );
    expect(await kindOf(ok(...odd), () => market.listMarkets())).toBe("bad-response");
  });
});
