import { expect, it } from "vitest";
import { describeEndedByChange } from "./ended-by-change";

it("a change of settings names the proposals that it ends, and nothing where none waits", () => {
  const proposals = [
    { id: "1", pair: "BTC/USDT", side: "long" as const },
    { id: "2", pair: "ETH/USDT", side: "short" as const },
  ];
  expect(describeEndedByChange("Saving", proposals)).toBe(
    "Saving ends the proposals that wait: BTC/USDT long, ETH/USDT short. They were judged by the present settings.",
  );
  expect(describeEndedByChange("Restoring it", proposals.slice(0, 1))).toBe(
    "Restoring it ends the proposal that waits: BTC/USDT long. It was judged by the present settings.",
  );
  expect(describeEndedByChange("Saving", [])).toBeNull();
});
