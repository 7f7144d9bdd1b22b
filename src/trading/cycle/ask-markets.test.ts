import { describe, expect, it } from "vitest";
import { decimal } from "../money";
import type { PlannedPosition } from "../portfolio/position";
import { buildPosition } from "../portfolio/testing/position-builder";
import { riskLimitsSchema } from "../risk/risk-limits";
import { askMarkets, isAnyDue, type AskedSettings } from "./ask-markets";

const market = (id: number, pair: string) => ({ id, rules: { pair } });
const byTrinity = (timeframe: string) => ({ mode: "trinity", pairs: ["A/USDT"], decision: { timeframe } });
const [present, opening] = [byTrinity("4h"), byTrinity("1h")];
const heldIn = (marketId: number) => ({ ...buildPosition(), marketId, openedBy: opening });
const NOTHING = { cash: decimal(0), margin: decimal(0) };

it.each<[string, number[], string[]]>([
  ["nothing", [], ["1 present", "2 present"]],
  ["a pair of the settings", [2], ["1 present", "2 opening"]],
  ["a pair that the settings dropped", [3], ["1 present", "2 present", "3 opening"]],
  ["a pair of the settings in its other market, so that it is not free", [4], ["2 present", "4 opening"]],
])("asks each market by the settings that count there, given %s held", (_case, held, expected) => {
  const asked = askMarkets({
    settings: present,
    traded: [market(1, "A/USDT"), market(2, "B/USDT")],
    held: [market(3, "C/USDT"), market(4, "A/USDT")],
    positions: held.map(heldIn),
    balances: NOTHING,
  });
  const shown = asked.map((each) => `${each.market.id} ${each.settings === opening ? "opening" : "present"}`);
  expect(shown).toEqual(expected);
});

it("has something to decide as often as the settings that opened what is held have", () => {
  const span = { slot: 5 * 3_600_000, lastDoneSlot: 4 * 3_600_000 };
  expect([isAnyDue(present, [], span), isAnyDue(present, [heldIn(1)], span)]).toEqual([false, true]);
});

describe("an addition is asked for", () => {
  /** By default 15 % of equity together, 25 % in one position, and orders of 50 at the least. */
  const settingsWith = (risk: object): AskedSettings => ({ ...present, risk: riskLimitsSchema.parse(risk) });
  const ON = settingsWith({ pyramidingMarginMax: 0.05 });
  const inProfit = (part: Partial<PlannedPosition> = {}): PlannedPosition =>
    buildPosition({ mark: decimal(101), ...part });
  const withPlan = (plan: Partial<PlannedPosition["exitPlan"]>): PlannedPosition => {
    const position = inProfit();
    return { ...position, exitPlan: { ...position.exitPlan, ...plan } };
  };

  /** Whether it is of a position of this bot, whose equity is 1000 at its marks. */
  const isAsked = (position: PlannedPosition | undefined, settings = ON, openedBy: AskedSettings = ON): boolean => {
    const positions = position ? [{ ...position, marketId: 1, openedBy }] : [];
    const profit = position ? position.mark.minus(position.entryPrice).times(position.quantity) : 0;
    const balances = { cash: decimal(1000).minus(profit), margin: decimal(0) };
    const [asked] = askMarkets({ settings, traded: [market(1, "BTC/USDT")], held: [], positions, balances });
    return asked?.mayAdd === true;
  };

  it("of a position in profit, whose share leaves room for an order", () => {
    expect(isAsked(inProfit())).toBe(true);
    expect(isAsked(inProfit(), ON, opening), "by the present limits").toBe(true);
  });

  it.each<[string, PlannedPosition | undefined, AskedSettings?, AskedSettings?]>([
    ["nothing is held", undefined],
    ["its trader did not allow it", inProfit(), settingsWith({})],
    ["its trader does not allow it any more", inProfit(), settingsWith({}), ON],
    ["the bot was without such limits", inProfit(), present],
    ["the position is not in profit", inProfit({ mark: decimal(100) })],
    ["it was added to before", withPlan({ added: 1 })],
    ["the control opened it", inProfit(), ON, { ...ON, mode: "buy-and-hold", decision: {} }],
    ["the bot is the control now", inProfit(), { ...ON, mode: "buy-and-hold", decision: {} }],
  ])("not where %s", (_case, position, settings, openedBy) => {
    expect(isAsked(position, settings, openedBy)).toBe(false);
  });

  it("not where the shares of both or of one position leave less than an order must be worth", () => {
    // 15 % of 1000 less what it binds: 50, and a little less.
    expect([isAsked(inProfit()), isAsked(inProfit({ quantity: decimal("1.001") }))]).toEqual([true, false]);
    const leg = (quantity: string) => withPlan({ entryLegs: [{ price: "90", quantity, fee: "0" }] });
    expect([isAsked(leg("0")), isAsked(leg("0.001"))], "its legs still to come count").toEqual([true, false]);
    const one = (positionMarginMax: number) => settingsWith({ pyramidingMarginMax: 0.05, positionMarginMax });
    expect([isAsked(inProfit(), one(0.15)), isAsked(inProfit(), one(0.149))]).toEqual([true, false]);
    const least = (orderValueMin: number) => settingsWith({ pyramidingMarginMax: 0.05, orderValueMin });
    expect([isAsked(inProfit(), least(50)), isAsked(inProfit(), least(51))]).toEqual([true, false]);
    const levered = inProfit({ quantity: decimal(2), leverage: decimal(2) });
    expect(isAsked(levered, least(100)), "levered, it is worth twice its margin").toBe(true);
  });
});
