/** In what a vendor's endpoint differs from Anthropic's own. */
export type VendorProfile = {
  readonly needsKey: boolean;
  readonly countsTokens: boolean;
  /** What it says about its cache: told where a prompt is kept, by itself, or nothing. */
  readonly cache: "told" | "by-itself" | "none";
  /** Looks at anthropic-version, and at fields that the version no longer has. */
  readonly hasVersions: boolean;
  /** Whether a model thinks unless told not to. */
  thinks(model: string): boolean;
  /** Which model serves a name; null: none. */
  serves(model: string): string | null;
  /** With which status it turns away a model that it does not have. */
  readonly unknownModelStatus: 400 | 404;
  /** Why a forced tool is not accepted; null: it is. */
  refusesForcedTool(model: string, isThinking: boolean): string | null;
  readonly ignoresToolChoice: boolean;
  /** Holds to the schema of a strict tool, and takes only a part of JSON Schema for it. */
  readonly readsStrict: boolean;
};

const UNFORCED = /^claude-(?:opus|sonnet)-5-5|^claude-fable-5-1/;
const THINKING = /^claude-(?:opus|sonnet|haiku|fable)-5/;

const ANTHROPIC: VendorProfile = {
  needsKey: true,
  countsTokens: true,
  cache: "told",
  hasVersions: true,
  thinks: (model) => THINKING.test(model),
  serves: (model) => (model.startsWith("claude-") ? model : null),
  unknownModelStatus: 404,
  refusesForcedTool: (model, isThinking) => {
    if (UNFORCED.test(model)) return "tool_choice: forced tool use is not supported by this model.";
    return isThinking ? "Thinking may not be enabled when tool_choice forces tool use." : null;
  },
  ignoresToolChoice: false,
  readsStrict: true,
};

const DEEPSEEK_MODELS = ["deepseek-flash", "deepseek-v4-pro"];

/** Serves claude-* names by its own models, and thinks unless told not to. */
const DEEPSEEK: VendorProfile = {
  ...ANTHROPIC,
  countsTokens: false,
  cache: "by-itself",
  hasVersions: false,
  thinks: () => true,
  serves: (model) => {
    if (model.startsWith("claude-opus")) return "deepseek-v4-pro";
    if (model.startsWith("claude-")) return "deepseek-flash";
    return DEEPSEEK_MODELS.includes(model) ? model : null;
  },
  unknownModelStatus: 400,
  refusesForcedTool: (_model, isThinking) => (isThinking ? "Thinking mode does not support this tool_choice" : null),
  readsStrict: false,
};

/** Any model that was pulled, without a key; knows no cache, no choice of tools and no counting. */
const OLLAMA: VendorProfile = {
  ...ANTHROPIC,
  needsKey: false,
  countsTokens: false,
  cache: "none",
  hasVersions: false,
  thinks: () => false,
  serves: (model) => (model.startsWith("claude-") ? null : model),
  refusesForcedTool: () => null,
  ignoresToolChoice: true,
  readsStrict: false,
};

/** Any other: serves every name, and is told neither what to keep nor which version. */
const ANY: VendorProfile = {
  ...ANTHROPIC,
  countsTokens: false,
  cache: "by-itself",
  hasVersions: false,
  thinks: () => false,
  serves: (model) => model,
  refusesForcedTool: () => null,
  readsStrict: false,
};

/** The demo's: answers as Anthropic's newest models do, wants no key, and says by its name what it is. */
const SCRIPTED: VendorProfile = {
  ...ANTHROPIC,
  needsKey: false,
  thinks: () => true,
  serves: (model) => (model === "scripted-trader-1" ? model : null),
};

export const VENDOR_PROFILES = {
  any: ANY,
  anthropic: ANTHROPIC,
  deepseek: DEEPSEEK,
  ollama: OLLAMA,
  scripted: SCRIPTED,
} as const;

export type VendorName = keyof typeof VENDOR_PROFILES;
