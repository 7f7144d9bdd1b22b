import { describe, expect, it } from "vitest";
import { listInputSchema } from "./amount";

const BOT = "01a20547-2ed9-7379-b045-0b5020781a86";

describe("what a list is asked for", () => {
  it("may say the direction, as queries that load more do", () => {
    const asked = { botId: BOT, cursor: "opaque", limit: 50, direction: "forward" };
    expect(listInputSchema.parse(asked)).toEqual(asked);
  });

  it("is 25 rows from the newest on when it says no more", () => {
    expect(listInputSchema.parse({ botId: BOT })).toEqual({ botId: BOT, limit: 25 });
  });

  it.each([{ limit: 0 }, { limit: 101 }, { direction: "backward" }, { offset: 25 }])("refuses %j", (asked) =>
    expect(listInputSchema.safeParse({ botId: BOT, ...asked }).success).toBe(false),
  );
});
