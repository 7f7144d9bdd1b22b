import { describe, expect, it } from "vitest";
import type { VenueView } from "~/contracts/venue-view";
import { bandsOf, bandTitle } from "./bands-of";

const venue = (isSimulated: boolean, state: VenueView["state"] = "ok"): VenueView => ({
  id: crypto.randomUUID(),
  kind: isSimulated ? "demo" : "okx",
  name: "A venue",
  isSimulated,
  clock: null,
  speedRefusal: null,
  openedAt: null,
  state,
  message: null,
  since: null,
  checkedAt: null,
  latencyMs: null,
  pairs: [],
  bots: 1,
});

describe("bandTitle", () => {
  it("names what kind of money is at stake", () => {
    expect(bandTitle([venue(true)])).toBe("DEMO");
    expect(bandTitle([venue(false)])).toBe("PAPER");
    expect(bandTitle([venue(false), venue(true)])).toBe("DEMO and PAPER");
  });

  it("says nothing without a venue", () => {
    expect(bandTitle([])).toBe("");
  });
});

describe("bandsOf", () => {
  it("shows the simulated market that runs, not one that is shown no more", () => {
    const running = venue(true);
    expect(bandsOf([venue(true, "closed"), running]).demo).toBe(running);
    expect(bandsOf([venue(true, "closed")]).demo).toBeUndefined();
  });
});
