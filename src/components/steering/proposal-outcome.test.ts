import { describe, expect, it } from "vitest";
import type { ProposalView } from "~/contracts/proposal-view";
import { describeOutcome, noteWord } from "./proposal-outcome";

const BOT = { id: "b", name: "Careful", currency: "USDT", venueId: "v" };
const proposal = (changes: Partial<ProposalView> = {}): ProposalView =>
  ({ id: "1", pair: "BTC/USDT", side: "long", bot: BOT, state: "proposed", reason: null, ...changes }) as ProposalView;
const ACCEPTED = noteWord(proposal(), { state: "taken", reason: null }, [{ id: "1" }, { id: "2" }]);
const REFUSED = noteWord(proposal(), { state: "refused", reason: "the proposal expired: nobody accepted it" }, [
  { id: "1" },
  { id: "2" },
]);

describe("what came of a trader's word", () => {
  it("is said where it was refused, once its proposal is not there any more", () => {
    const said = "BTC/USDT long of Careful is not entered: the proposal expired: nobody accepted it.";
    expect(describeOutcome(REFUSED, { open: [{ id: "2" }], ended: [] })).toBe(said);
  });

  it("is left to the proposal itself while that is there", () => {
    expect(describeOutcome(REFUSED, { open: [{ id: "1" }], ended: [] })).toBeNull();
  });

  it("is not said any more once another proposal has come", () => {
    expect(describeOutcome(REFUSED, { open: [{ id: "3" }], ended: [] })).toBeNull();
  });

  it.each(["refused", "expired"] as const)("is said where it was accepted and then %s", (state) => {
    const ended = [proposal({ state, reason: "the risk gate: no" })];
    const said = "BTC/USDT long of Careful is not entered: the risk gate: no.";
    expect(describeOutcome(ACCEPTED, { open: [], ended })).toBe(said);
  });

  it("is nothing where it was placed or declined, or has not ended", () => {
    const ended = [proposal({ state: "placed", reason: "its order was sent" })];
    expect(describeOutcome(ACCEPTED, { open: [], ended })).toBeNull();
    expect(describeOutcome(ACCEPTED, { open: [], ended: [proposal({ state: "declined" })] })).toBeNull();
    expect(describeOutcome(ACCEPTED, { open: [], ended: [] })).toBeNull();
  });
});
