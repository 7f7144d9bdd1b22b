import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import type { CycleView } from "~/contracts/cycle-view";
import type { CitationView, CycleModel, ModelCallView, ModelProposal } from "~/contracts/model-view";
import { ModelSection } from "./model-section";

const EVIL = '<img src=x onerror="x()"><a href="https://evil.example">buy</a>\u202Ekcatta\u2066 javascript:x()';

const call: ModelCallView = {
  id: "00000000-0000-7000-8000-000000000001",
  attempt: 1,
  providerTitle: "Anthropic",
  model: "claude-haiku-5-5",
  servedModel: EVIL,
  isSimulated: false,
  frameVersion: 2,
  state: "replied",
  reason: EVIL,
  fault: null,
  reserve: "0.05",
  cost: "0.0042",
  tokens: { input: 900, cacheRead: 100, cacheWrite: 0, output: 200 },
  pricedSince: new Date("2026-10-07"),
  stopReason: EVIL,
  requestId: EVIL,
  tries: 1,
  latencyMs: 1200,
  askedAt: new Date("2026-11-28T10:00:00Z"),
  answeredAt: new Date("2026-11-28T10:00:01Z"),
  prompt: [
    { name: "frame", whose: "ours", text: "You decide." },
    { name: "message", whose: "data", text: EVIL },
  ],
  raw: EVIL.repeat(2000),
  pairs: [
    {
      pair: "BTC/USDT",
      fault: null,
      proposal: {
        action: "open_long",
        confidence: 0.8,
        thesis: EVIL,
        stop: "95",
        target: "112.5",
        invalidation: ["2 closes in a row below 96"],
        citations: [
          { path: EVIL, label: null, cited: EVIL, told: null, verdict: "unknown-path" },
          { path: "a", label: "close", cited: "100", told: "100 USDT", verdict: "grounded" },
          { path: "b", label: "RSI(14)", cited: "70", told: "55 of 100", verdict: "differs" },
          { path: "c", label: "funding", cited: "0", told: null, verdict: "missing-value" },
        ],
      },
    },
    { pair: "ETH/USDT", proposal: null, fault: "the model did not answer about it" },
  ],
  ignored: [EVIL],
};

/** A cycle of a bot that asks no model. */
const CYCLE = { stages: [], status: "done", epoch: "1" } as unknown as CycleView;
const ASKED = { stage: "ask-model", state: "not-needed", summary: "no new decision candle had closed" };

const render = (model: CycleModel, cycle = CYCLE): string =>
  renderToStaticMarkup(createElement(ModelSection, { cycle, model }));
const shown = (model: CycleModel): string =>
  render(model)
    .replaceAll(/<[^>]+>/g, " ")
    .replaceAll(/\s+/g, " ");
const of = (given: Partial<ModelCallView>): CycleModel => ({ calls: [{ ...call, ...given }], held: null });

const CLOSE = { path: "a", label: "close", cited: "100", told: "100 USDT", verdict: "grounded" } as const;

/** The only pair of an answer. */
const answered = (action: ModelProposal["action"], citations: readonly CitationView[] = [CLOSE]): CycleModel => {
  const isEntry = action.startsWith("open");
  const levels = isEntry
    ? { stop: "95", target: "112.5", invalidation: ["in 2 days"] }
    : { stop: null, target: null, invalidation: [] };
  const proposal = { action, confidence: 0.6, thesis: "its trend goes on", ...levels, citations: [...citations] };
  return of({ pairs: [{ pair: "BTC/USDT", fault: null, proposal }] });
};

/** What begins the evidence of a pair: open or folded. */
const EVIDENCE = /<details[^>]*>(?=<summary[^>]*>(?:(?!<\/summary>).)*Evidence)/;

describe("the section of a cycle's model", () => {
  it("shows what a model wrote as text alone, with every character that turns words written out", () => {
    const html = render(of({}));
    expect(html).not.toMatch(/<(img|a|script|iframe)[\s>]|<[^>]*\son\w+=/i);
    expect(html).not.toMatch(/[\u202A-\u202E\u2066-\u2069]/);
    expect(html).toContain("‹U+202E›");
    expect(html).toContain("&lt;img");
  });

  it("bounds what it shows, and says how much more there is", () => {
    const long = of({ raw: "x".repeat(1_000_000) });
    expect(render(long).length).toBeLessThan(200_000);
    expect(shown(long)).toContain("940,000 more characters");
  });

  it("says who answered, tokens by kind, cost with the day of its price, and what was set aside", () => {
    expect(shown(of({ servedModel: "claude-haiku-5-5-20261007" }))).toMatch(
      /claude-haiku-5-5 of Anthropic , served as claude-haiku-5-5-20261007 .*900 in, 100 from the cache, 0 into the cache, 200 out .*\$0\.004200 , of \$0\.05000 reserved, at the price of 2026-10-07/,
    );
  });

  it("tells each citation's verdict in words", () => {
    const text = shown(of({}));
    for (const words of ["grounded", "differs", "unknown: never told", "told to be missing"]) {
      expect(text).toContain(words);
    }
    expect(text).toContain("1 of 4 citations are as the model was told");
    expect(text).toContain("the model did not answer about it");
  });

  it("folds the evidence of a pair that is held, below its thesis and how many of its numbers hold", () => {
    const html = render(answered("hold", [CLOSE, { ...CLOSE, verdict: "differs" }]));
    const [begins] = EVIDENCE.exec(html) ?? [];
    expect(begins).not.toContain("open");
    const [above = "", below = ""] = html.split(begins ?? "nothing");
    expect(above).toContain("its trend goes on");
    const [summary = "", folded = ""] = below.split("</summary>");
    expect(summary).toContain("1 of 2 citations are as the model was told");
    expect(folded.split("</details>")[0]).toContain("100 USDT");
  });

  it("leaves open the evidence of a pair that is to be traded, also where a number makes it void", () => {
    for (const action of ["open_long", "open_short", "close"] as const) {
      for (const verdict of ["grounded", "differs"] as const) {
        const html = render(answered(action, [{ ...CLOSE, verdict }]));
        expect(EVIDENCE.exec(html)?.[0], `${action}, ${verdict}`).toContain('open=""');
      }
    }
  });

  it("folds nothing of an answer that cites nothing or is of no use: both are said", () => {
    const none = answered("hold", []);
    expect(render(none)).not.toMatch(EVIDENCE);
    expect(shown(none)).toContain("Evidence It cites nothing.");
    const unusable = of({ pairs: [{ pair: "ETH/USDT", proposal: null, fault: "the model did not answer about it" }] });
    expect(render(unusable)).not.toMatch(EVIDENCE);
    expect(shown(unusable)).toContain("the model did not answer about it");
  });

  it("can be led to a pair's evidence, which is unfolded then: the place is within what is folded", () => {
    const [, below = ""] = render(answered("hold")).split(EVIDENCE);
    expect(below.split("</details>")[0]).toContain('id="evidence-BTC-USDT"');
  });

  it("labels a scripted model, and says that nobody is paid", () => {
    expect(shown(of({ isSimulated: true }))).toMatch(/Scripted model, simulated.*nobody is paid/);
  });

  it("of a lost reply says that the call may have been paid, and that its reserve stays charged", () => {
    const lost = of({ state: "lost", raw: null, tokens: null, servedModel: null, cost: "0.05", pairs: [] });
    expect(shown(lost)).toMatch(/Reply lost.*may have been paid, so it is not repeated.*unknown.*, its whole reserve/);
  });

  it("says why nobody was asked, and is not there where no model had to be", () => {
    expect(shown({ calls: [], held: "No model was asked in this cycle: nothing moved." })).toContain("nothing moved");
    expect(render({ calls: [], held: null })).toBe("");
    const asking = { ...CYCLE, stages: [ASKED] } as unknown as CycleView;
    expect(render({ calls: [], held: null }, asking)).toContain("No new decision candle had closed.");
  });

  it("shows a repair after what it repairs", () => {
    const both = {
      calls: [
        { ...call, fault: "it is prose", pairs: [] },
        { ...call, id: "b", attempt: 2 },
      ],
      held: null,
    };
    expect(shown(both)).toMatch(/Of no use.*it is prose.*Question 2, to repair the reply before/);
  });
});
