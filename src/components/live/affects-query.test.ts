import { describe, expect, it } from "vitest";
import type { LiveMessage } from "~/contracts/live-event";
import type { Part, Pulse } from "~/contracts/pulse";
import { affectsQuery } from "./affects-query";
import { watchStopped } from "./watch-stopped";

const [BOT, OTHER, CYCLE] = ["bot-1", "bot-2", "cycle-1"];
const AT = "2022-05-01T00:00:00.000Z";
const ended: LiveMessage = { kind: "cycle-ended", botId: BOT, cycleId: CYCLE, slot: AT, status: "done", equity: null };
const clock: LiveMessage = { kind: "venue-clock", venueId: "v", speed: 0, marketTime: AT };
const pulseOf = (...parts: Part[]): Pulse => ({
  kind: "pulse",
  stopped: parts.map((part) => ({ part, since: AT })),
  lags: [],
});
const query = (path: string, input?: object) => [path.split("."), { input, type: "query" }];

describe("a message", () => {
  it.each([
    ["the totals of all bots", ended, query("bots.totals"), true],
    ["a page of bots that it is on", ended, query("bots.rows", { botIds: [OTHER, BOT] }), true],
    ["no page of bots that it is not on", ended, query("bots.rows", { botIds: [OTHER] }), false],
    ["no order of bots: no row moves because one earned something", ended, query("bots.list"), false],
    ["the order of bots when one comes", { kind: "bot-created", botId: BOT } as never, query("bots.list"), true],
    ["its bot", ended, query("bots.byId", { botId: BOT }), true],
    ["its bot's trades, in pages", ended, query("bots.trades", { botId: BOT, limit: 25 }), true],
    ["its own cycle", ended, query("cycles.byId", { cycleId: CYCLE }), true],
    ["no other bot", ended, query("bots.byId", { botId: OTHER }), false],
    ["no other cycle: what ended stays as it was", ended, query("cycles.byId", { cycleId: "cycle-2" }), false],
    ["the venues when a clock is set", clock, query("venues.list"), true],
    ["no bot's trades when a clock is set", clock, query("bots.trades", { botId: BOT }), false],
    ["everything on a resync", { kind: "resync" } as const, query("anything.at.all"), true],
    ["what needs attention when something stops", pulseOf("runner"), query("overview.get"), true],
    ["no list of bots when something stops", pulseOf("runner"), query("bots.list"), false],
    ["nothing that is not a procedure", ended, ["other"], false],
  ] as const)("refreshes %s", (_, message, key, isAffected) => {
    expect(affectsQuery(message, key)).toBe(isAffected);
  });
});

it("what needs attention is read anew when a part stops or goes on, and not with each pulse", () => {
  const tellsOther = watchStopped();
  const told = [
    pulseOf(),
    pulseOf("runner"),
    pulseOf("runner"),
    pulseOf("runner", "market"),
    pulseOf("market"),
    pulseOf(),
  ];
  expect(told.map(tellsOther)).toEqual([false, true, false, true, true, true]);
});
