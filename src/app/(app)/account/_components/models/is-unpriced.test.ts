import { describe, expect, it } from "vitest";
import { isUnpriced } from "./is-unpriced";

describe("a provider without prices", () => {
  it("is one of whose models none has a price, unless they run on a machine of one's own", () => {
    const [priced, unpriced] = [
      { id: "a", most: "0.01" },
      { id: "b", most: null },
    ];
    expect(isUnpriced({ takesAny: false, models: [] })).toBe(true);
    expect(isUnpriced({ takesAny: false, models: [unpriced] })).toBe(true);
    expect(isUnpriced({ takesAny: false, models: [unpriced, priced] })).toBe(false);
    expect(isUnpriced({ takesAny: true, models: [] })).toBe(false);
  });
});
