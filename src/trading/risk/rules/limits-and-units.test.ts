import { expect, it } from "vitest";
import { RISK_RULES } from "../risk-rules";
import { ALL_ON, buildContext, buildMarket, buildUser } from "../testing/risk-context-builder";

/** With the default limits and every rule on, on the builder's books of 10,000 and its entry at 1000 with stop 950 and target 1100. */
const STATED: Readonly<Record<string, string>> = {
  "trading-state": "active state",
  "stale-data": "300 seconds",
  "spot-is-long-only": "long or short state",
  "trading-hours": "Monday to Friday, 08:00 UTC to 22:00 UTC state",
  "pair-lock": "0 minutes",
  "trades-drawdown": "0 minutes",
  regime: "above 0 fraction",
  volatility: "0.005 to 0.05 fraction",
  news: "no calendar is set up minutes",
  "one-entry-per-candle": "0 count",
  "pair-is-free": "0 count",
  cooldown: "60 minutes",
  "daily-loss": "100 USDT",
  "locked-by-hand": "none state",
  drawdown: "0.15 fraction",
  "trades-per-day": "10 count",
  "entries-per-cycle": "2 count",
  "open-positions": "5 count",
  correlation: "0.8 ratio",
  funding: "0.0005 fraction",
  spread: "0.002 fraction",
  "quote-volume": "1000000 USDT",
  leverage: "5 times",
  "protection-side": "950 < entry < 1100 price",
  "stop-distance": "0.005 to 0.25 fraction",
  "legs-before-stop": "before the stop at 950 price",
  "liquidation-distance": "behind the stop at 950 price",
  "position-margin": "0.25 fraction",
  "total-margin": "0.85 fraction",
  "gross-notional": "2 times",
  "user-gross": "50000 USDT",
  "user-same-side": "20000 USDT",
  "user-daily-loss": "500 USDT",
  cash: "10000 USDT",
  "order-quantity": "0.001 count",
  "order-value": "50 USDT",
  "reward-to-risk": "1.5 ratio",
  "net-profit": "5 USDT",
};

it("every rule states the limit that it judged by, and its unit", () => {
  const stated = RISK_RULES.map((rule) => ({
    name: rule.name,
    unit: rule.unit,
    ...rule.check(buildContext({ limits: ALL_ON, user: buildUser() })),
  }));
  const told = stated.map(({ name, limit, unit }) => [name, `${limit} ${unit}`]);
  const { "loss-pause": pause, ...rest } = Object.fromEntries(told) as Record<string, string>;
  expect(rest).toEqual(STATED);
  // The only limit in words: how many losses, and for how long.
  expect(pause).toMatch(/^0 .*\b4\b.*\b24\b.* minutes$/);
});

it("also where what it would judge is unknown", () => {
  const unknown = { fundingRatePer8h: null, spreadFraction: null, quoteVolume24h: null, dataAgeMs: null };
  const context = buildContext({
    limits: ALL_ON,
    user: buildUser(),
    market: buildMarket(unknown),
    conditions: { rangeFraction: null, trendFraction: null, yearlyVolatility: null },
    correlations: [{ pair: "ETH/USDT", value: null }],
  });
  const findings = RISK_RULES.map((rule) => ({ name: rule.name, unit: rule.unit, ...rule.check(context) }));
  const unmeasured = findings.filter(({ measured }) => measured === null);
  expect(unmeasured.map(({ name, limit, unit }) => `${name} ${limit} ${unit}`)).toEqual(
    ["stale-data", "cooldown", "correlation", "regime", "volatility", "news", "funding", "spread", "quote-volume"].map(
      (name) => `${name} ${STATED[name]}`,
    ),
  );
});
