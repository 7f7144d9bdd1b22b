import { expect, it } from "vitest";
import { llmSettingsSchema } from "~/trading/decision/asking/llm-settings";
import { refuseAcceleration } from "./refuse-acceleration";

const FAST = { speed: 720 };
const HAIKU = "anthropic/claude-haiku-5-5";

const refuse = (decision: object, clock: { readonly speed: number } | null = FAST, intervalSeconds = 3600) =>
  refuseAcceleration({ mode: "llm", intervalSeconds, decision: llmSettingsSchema.parse(decision) }, clock);

it("a paid model on a clock that runs faster needs consent, and says how often it would be asked and up to which cost", () => {
  expect(refuse({ model: HAIKU, budgetPerDay: "2.5" })).toBe(
    "This market's clock runs 720 times as fast as a real one: the bot may ask its model 17,280 times a day or more, and " +
      "each of them is paid, up to its budget of $2.5 a day. Allow that, or choose the scripted model.",
  );
  expect(refuse({ model: HAIKU, acceleratedConsent: true })).toBeNull();
});

it("is not asked for where nobody is paid, or where the clock is a real one", () => {
  expect(refuse({})).toBeNull();
  expect(refuse({ model: "ollama/qwen3:8b" })).toBeNull();
  expect(refuse({ model: HAIKU }, null)).toBeNull();
  expect(refuseAcceleration({ mode: "trinity", intervalSeconds: 3600, decision: {} }, FAST)).toBeNull();
});

it("is asked for also while such a clock stands or runs slowly, and of a provider that nobody knows", () => {
  expect(refuse({ model: HAIKU }, { speed: 0 })).toMatch(/can be set to run faster.* 24 times a day or more/);
  expect(refuse({ model: "acme/one" }, { speed: 1 })).toMatch(/each of them is paid/);
});

it("counts by what asks less often: candles or cycles", () => {
  expect(refuse({ model: HAIKU, everyCandles: 4 })).toMatch(/ 4,320 times/);
  expect(refuse({ model: HAIKU, timeframe: "5m" })).toMatch(/ 17,280 times/);
});
