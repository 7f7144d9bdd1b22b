import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { PnlStatement } from "./pnl-statement";

const PNL = {
  total: "123.45",
  closed: { gross: "140", slippage: "5", fees: "10", funding: "-1.55", net: "123.45" },
  isFundingKnown: true,
  unrealized: "0",
  openRealized: "0",
  openFees: "0",
  openFunding: "0",
};

const shown = (modelCost: string | null, total = PNL.total): string =>
  renderToStaticMarkup(createElement(PnlStatement, { botId: "b", pnl: { ...PNL, total }, modelCost, currency: "USDT" }))
    .replaceAll(/<[^>]+>/g, " ")
    .replaceAll(/\s+/g, " ");

it("what a model cost lowers what a bot made, and deepens what it lost", () => {
  expect(shown("3.45")).toMatch(
    /= Total P&amp;L \+123\.45 USDT .*Model cost.* [-−]3\.45 USDT = After model cost \+120\.00 USDT/,
  );
  expect(shown("3.45", "-1")).toMatch(/= After model cost [-−]4\.45 USDT/);
});

it("a bot that asked no model has no line of one", () => {
  expect(shown(null)).not.toContain("odel cost");
});
