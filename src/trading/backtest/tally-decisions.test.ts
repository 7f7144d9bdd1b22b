import { expect, it } from "vitest";
import { createTally } from "./tally-decisions";

const AT = 3_600_000;
type Happened = Parameters<ReturnType<typeof createTally>["add"]>[2];

/** An entry that the gate let pass, and when something of its pair was filled; null: never. */
const tallied = (filledAt: number | null) => {
  const decision = { action: "open", pair: "BTC/USDT", reason: { code: "entry", text: "" } };
  const fills = filledAt === null ? [] : [{ pair: "BTC/USDT", filledAt }];
  const happened = {
    assessed: [{ marketId: 1, decision, verdict: { outcome: "approved", rule: null } }],
    orders: [{ marketId: 1, pair: "BTC/USDT" }],
    fills,
  };
  const tally = createTally();
  tally.add(AT, [{ marketId: 1, decision }] as never, happened as unknown as Happened);
  return tally.read().outcome;
};

it.each([
  ["opened where its order was filled at the slot", AT, { opened: 1 }],
  ["not filled where its candle gave nothing", null, { "not-filled": 1 }],
  ["not filled where only an exit before the slot was", AT - 1, { "not-filled": 1 }],
])("an entry that passed counts as %s", (_what, filledAt, outcome) => {
  expect(tallied(filledAt)).toEqual(outcome);
});
