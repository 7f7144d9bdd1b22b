import { expect, it } from "vitest";
import { askMarkets, isAnyDue } from "./ask-markets";

const market = (id: number, pair: string) => ({ id, rules: { pair } });
const byTrinity = (timeframe: string) => ({ mode: "trinity", pairs: ["A/USDT"], decision: { timeframe } });
const [present, opening] = [byTrinity("4h"), byTrinity("1h")];
const heldIn = (marketId: number) => ({ marketId, openedBy: opening });

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
  });
  const shown = asked.map((each) => `${each.market.id} ${each.settings === opening ? "opening" : "present"}`);
  expect(shown).toEqual(expected);
});

it("has something to decide as often as the settings that opened what is held have", () => {
  const span = { slot: 5 * 3_600_000, lastDoneSlot: 4 * 3_600_000 };
  expect([isAnyDue(present, [], span), isAnyDue(present, [heldIn(1)], span)]).toEqual([false, true]);
});
