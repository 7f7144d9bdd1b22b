import { describe, expect, it } from "vitest";
import { chartChoiceOf } from "./chart-choice";
import { filterOf, viewHref, viewOf } from "./views";

const PAIRS = ["BTC/USDT", "ETH/USDT"];

describe("an address", () => {
  it("chooses the chart's pair and timeframe", () => {
    expect(chartChoiceOf({ pair: "ETH/USDT", timeframe: "4h" }, PAIRS)).toEqual({ pair: "ETH/USDT", timeframe: "4h" });
  });

  it.each([{}, { pair: "DOGE/USDT", timeframe: "2h" }, { pair: ["ETH/USDT"], timeframe: ["1h", "4h"] }])(
    "that asks for what there is not gets the first pair: %j",
    (asked) => expect(chartChoiceOf(asked, PAIRS)).toEqual({ pair: "BTC/USDT", timeframe: undefined }),
  );

  it("chooses the part of the page; the overview has the bare one", () => {
    expect([viewOf("trades"), viewOf("nothing"), viewOf(undefined)]).toEqual(["trades", "overview", "overview"]);
    expect(viewHref("id", "overview")).toBe("/bots/id");
    expect(viewHref("id", "decisions")).toBe("/bots/id?view=decisions");
    expect([filterOf("refused"), filterOf(["all"])]).toEqual(["refused", "all"]);
  });
});
