import { describe, expect, it } from "vitest";
import { decideAcceptance, type OpenProposal } from "./decide-proposal";

describe("what a proposal is accepted by", () => {
  const proposal: OpenProposal = { state: "proposed", expiresAt: 1000, settingsVersion: 1 };
  const deciding = { status: "running", settingsVersion: 1, askedAt: 999 } as const;
  it.each([
    [{}, {}, "accept"],
    [{}, { askedAt: 1000 }, { over: "nobody accepted it by 1970-01-01 00:00 UTC" }],
    [{}, { settingsVersion: 2 }, { over: "the bot's settings were changed" }],
    [{}, { status: "paused" as const }, { refused: "it is paused" }],
    [{ state: "accepted" as const }, {}, { refused: "the proposal is accepted already" }],
    [{ state: "expired" as const }, { askedAt: 0 }, { refused: "the proposal is expired already" }],
  ])("of %j in %j is %j", (of, at, decided) => {
    expect(decideAcceptance({ ...proposal, ...of }, { ...deciding, ...at })).toEqual(decided);
  });
});
