import { describe, expect, it } from "vitest";
import { decimal } from "~/trading/money";
import { tellUnasked } from "./tell-unasked";

const NEEDED = { days: 14, replies: 1336, isPaid: true, usual: decimal("4.2166") };

describe("what is said of a bot that asks a model in place of a preview", () => {
  it("is how many recorded replies a backtest over the known candles would read, and what they cost", () => {
    expect(tellUnasked(NEEDED)).toMatch(
      /calls nobody.*models:replies.* 14\.0 days .* up to 1,336 of them, which usually cost \$4\.22 together\.$/,
    );
  });

  it("is never a cost of nothing where the price is unknown, or of something where nobody is paid", () => {
    expect(tellUnasked({ ...NEEDED, usual: null })).toMatch(/at a price that is not known\.$/);
    expect(tellUnasked({ ...NEEDED, isPaid: false })).toMatch(/for which nobody is paid\.$/);
    expect(tellUnasked({ ...NEEDED, isPaid: false })).not.toContain("$");
  });

  it("has no count without candles", () => {
    expect(tellUnasked(null)).toMatch(/^What its model would have answered is not known.*backtest\.$/);
    expect(tellUnasked(null)).not.toContain("need");
  });
});
