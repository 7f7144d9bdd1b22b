import { describe, expect, it } from "vitest";
import { listInputSchema } from "./list-page";

const BOT = "01a20547-2ed9-7379-b045-0b5020781a86";

describe("what a list is asked for", () => {
  it("is 25 rows from its first on when it says no more", () => {
    expect(listInputSchema.parse({ botId: BOT })).toEqual({ botId: BOT, limit: 25 });
  });

  it.each([{ limit: 0 }, { limit: 101 }, { cursor: "x".repeat(601) }, { offset: 25 }])("refuses %j", (asked) =>
    expect(listInputSchema.safeParse({ botId: BOT, ...asked }).success).toBe(false),
  );
});
