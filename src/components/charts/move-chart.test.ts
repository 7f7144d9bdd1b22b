import { describe, expect, it } from "vitest";
import { movedRange } from "./move-chart";

describe("movedRange", () => {
  it("moves by a quarter of what is in view", () => {
    expect(movedRange({ from: 100, to: 140 }, "earlier")).toEqual({ from: 90, to: 130 });
    expect(movedRange({ from: 100, to: 140 }, "later")).toEqual({ from: 110, to: 150 });
  });

  it("keeps the newest bar in view while it comes closer or goes wider", () => {
    expect(movedRange({ from: 100, to: 140 }, "closer")).toEqual({ from: 110, to: 140 });
    expect(movedRange({ from: 100, to: 140 }, "wider")).toEqual({ from: 90, to: 140 });
  });

  it("comes no closer than eight bars", () => {
    expect(movedRange({ from: 131, to: 140 }, "closer")).toEqual({ from: 132, to: 140 });
  });

  it("says that all is wanted by null", () => {
    expect(movedRange({ from: 100, to: 140 }, "all")).toBeNull();
  });
});
