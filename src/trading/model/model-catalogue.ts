import { priceFrom, ratesOf, type ModelPrice } from "./model-price";
import type { ModelCapabilities, ModelTraits } from "./model-traits";

/** Current Claude models answer 400 to a forced tool, and think by themselves. */
const CLAUDE: ModelCapabilities = { forcedTool: false, strictTool: true, promptCache: true, thinkingOff: false };
/** DeepSeek's endpoint answers 400 to a forced tool unless thinking is off. */
const DEEPSEEK: ModelCapabilities = { forcedTool: true, strictTool: false, promptCache: false, thinkingOff: true };
const PLAIN: ModelCapabilities = { forcedTool: false, strictTool: false, promptCache: false, thinkingOff: false };

/** Asks twice as much in the working hours of China, except on holidays: these are the rates of those hours. */
const atPeak = (price: ModelPrice): ModelPrice => ({ ...price, isCeiling: true });

/**
 * Models whose price is known, read on 2026-11-28. Anthropic: platform.claude.com/docs/en/about-claude/pricing (and each
 * model's "what's new" and "overview" pages for capabilities and training). DeepSeek: api-docs.deepseek.com/quick_start/pricing.
 * Others: their price pages as kept by genai-prices 0.1.8.
 */
export const MODEL_CATALOGUE: readonly ModelTraits[] = [
  {
    provider: "anthropic",
    id: "claude-opus-5-5",
    capabilities: CLAUDE,
    trainedThrough: Date.parse("2026-07-01"),
    prices: [priceFrom("2026-09-22", ratesOf({ input: "4", output: "20", cacheRead: "0.20", cacheWrite: "5" }))],
  },
  {
    provider: "anthropic",
    id: "claude-sonnet-5-5",
    capabilities: CLAUDE,
    trainedThrough: Date.parse("2026-07-01"),
    prices: [
      priceFrom("2026-09-28", ratesOf({ input: "2", output: "10", cacheRead: "0.20", cacheWrite: "2.50" })),
      priceFrom("2026-10-07", ratesOf({ input: "2", output: "10", cacheRead: "0.10", cacheWrite: "2.50" })),
    ],
  },
  {
    provider: "anthropic",
    id: "claude-haiku-5-5",
    capabilities: CLAUDE,
    trainedThrough: Date.parse("2026-07-01"),
    prices: [
      {
        validFrom: Date.parse("2026-10-07"),
        bands: [
          {
            promptTokensMax: 100_000,
            rates: ratesOf({ input: "0.10", output: "0.50", cacheRead: "0.01", cacheWrite: "0.125" }),
          },
          {
            promptTokensMax: null,
            rates: ratesOf({ input: "0.50", output: "2.50", cacheRead: "0.05", cacheWrite: "0.625" }),
          },
        ],
        isCeiling: false,
      },
    ],
  },
  {
    provider: "anthropic",
    id: "claude-haiku-4-5",
    capabilities: { ...CLAUDE, forcedTool: true },
    trainedThrough: Date.parse("2025-08-01"),
    prices: [priceFrom("2025-10-15", ratesOf({ input: "1", output: "5", cacheRead: "0.10", cacheWrite: "1.25" }))],
  },
  {
    provider: "deepseek",
    id: "deepseek-flash",
    capabilities: DEEPSEEK,
    prices: [
      atPeak(
        priceFrom("2026-09-10", ratesOf({ input: "0.30", output: "1.20", cacheRead: "0.006", cacheWrite: "0.30" })),
      ),
    ],
  },
  {
    provider: "deepseek",
    id: "deepseek-v4-pro",
    capabilities: DEEPSEEK,
    prices: [
      atPeak(
        priceFrom("2026-08-17", ratesOf({ input: "1.32", output: "3.96", cacheRead: "0.044", cacheWrite: "1.32" })),
      ),
    ],
  },
  {
    provider: "moonshot",
    id: "kimi-k3",
    capabilities: PLAIN,
    prices: [priceFrom("2026-07-18", ratesOf({ input: "3", output: "15", cacheRead: "0.30" }))],
  },
  {
    provider: "moonshot",
    id: "kimi-k2.6",
    capabilities: PLAIN,
    prices: [priceFrom("2026-11-28", ratesOf({ input: "0.95", output: "4", cacheRead: "0.16" }))],
  },
  {
    provider: "zai",
    id: "glm-5.3",
    capabilities: PLAIN,
    prices: [priceFrom("2026-11-28", ratesOf({ input: "1.4", output: "4.4", cacheRead: "0.26" }))],
  },
  {
    provider: "minimax",
    id: "MiniMax-M2.7",
    capabilities: PLAIN,
    prices: [
      priceFrom("2026-11-28", ratesOf({ input: "0.30", output: "1.20", cacheRead: "0.06", cacheWrite: "0.375" })),
    ],
  },
  {
    provider: "scripted",
    id: "scripted-trader-1",
    capabilities: CLAUDE,
    trainedThrough: 0,
    // Nobody is paid: made up, so that the demo's books show a cost; a tenth of what the cheapest real one asks.
    prices: [
      priceFrom("1970-01-01", ratesOf({ input: "0.01", output: "0.05", cacheRead: "0.001", cacheWrite: "0.0125" })),
    ],
  },
];

/** What any model of an unknown name is taken to be able to do: answer, and call a tool when asked to. */
export const UNKNOWN_CAPABILITIES = PLAIN;
