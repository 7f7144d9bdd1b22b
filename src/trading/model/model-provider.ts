/** How a provider wants to be told the key. */
export type KeyHeader = "bearer" | "x-api-key";

export type ProviderTraits = {
  readonly title: string;
  /** Without /v1, which is added; null: it has no address of its own, so one must be given. */
  readonly baseUrl: string | null;
  readonly keyHeader: KeyHeader;
  /** Value of anthropic-version. */
  readonly apiVersion: "2026-10-21" | "2023-06-01";
  /** The environment variable of the key. */
  readonly keyVariable: string;
  readonly needsKey: boolean;
  /** Runs on a machine of one's own, where tokens cost nothing. */
  readonly isOwnMachine: boolean;
  /** No model at all but a script in its place: its prices are made up, and nobody is paid. */
  readonly isScripted: boolean;
};

/** What third parties accept is not documented beyond the first version. */
const THIRD_PARTY = { apiVersion: "2023-06-01", needsKey: true, isOwnMachine: false, isScripted: false } as const;
const OWN_MACHINE = { apiVersion: "2023-06-01", needsKey: false, isOwnMachine: true, isScripted: false } as const;

const TABLE = {
  anthropic: {
    title: "Anthropic",
    baseUrl: "https://api.anthropic.com",
    keyHeader: "bearer",
    apiVersion: "2026-10-21",
    keyVariable: "ANTHROPIC_API_KEY",
    needsKey: true,
    isOwnMachine: false,
    isScripted: false,
  },
  deepseek: {
    ...THIRD_PARTY,
    title: "DeepSeek",
    baseUrl: "https://api.deepseek.com/anthropic",
    keyHeader: "x-api-key",
    keyVariable: "DEEPSEEK_API_KEY",
  },
  moonshot: {
    ...THIRD_PARTY,
    title: "Moonshot Kimi",
    baseUrl: "https://api.moonshot.ai/anthropic",
    keyHeader: "bearer",
    keyVariable: "MOONSHOT_API_KEY",
  },
  zai: {
    ...THIRD_PARTY,
    title: "Z.ai GLM",
    baseUrl: "https://api.z.ai/api/anthropic",
    keyHeader: "bearer",
    keyVariable: "ZAI_API_KEY",
  },
  minimax: {
    ...THIRD_PARTY,
    title: "MiniMax",
    baseUrl: "https://api.minimax.io/anthropic",
    keyHeader: "bearer",
    keyVariable: "MINIMAX_API_KEY",
  },
  qwen: {
    ...THIRD_PARTY,
    title: "Qwen (DashScope)",
    baseUrl: "https://dashscope-intl.aliyuncs.com/apps/anthropic",
    keyHeader: "x-api-key",
    keyVariable: "DASHSCOPE_API_KEY",
  },
  openrouter: {
    ...THIRD_PARTY,
    title: "OpenRouter",
    baseUrl: "https://openrouter.ai/api",
    keyHeader: "bearer",
    keyVariable: "OPENROUTER_API_KEY",
  },
  litellm: {
    ...THIRD_PARTY,
    title: "LiteLLM proxy",
    baseUrl: null,
    keyHeader: "bearer",
    keyVariable: "LITELLM_API_KEY",
  },
  ollama: {
    ...OWN_MACHINE,
    title: "Ollama",
    baseUrl: "http://localhost:11434",
    keyHeader: "bearer",
    keyVariable: "OLLAMA_API_KEY",
  },
  vllm: {
    ...OWN_MACHINE,
    title: "vLLM",
    baseUrl: "http://localhost:8000",
    keyHeader: "bearer",
    keyVariable: "VLLM_API_KEY",
  },
  "lm-studio": {
    ...OWN_MACHINE,
    title: "LM Studio",
    baseUrl: "http://localhost:1234",
    keyHeader: "bearer",
    keyVariable: "LM_STUDIO_API_KEY",
  },
  "llama-cpp": {
    ...OWN_MACHINE,
    title: "llama.cpp",
    baseUrl: "http://localhost:8080",
    keyHeader: "bearer",
    keyVariable: "LLAMA_CPP_API_KEY",
  },
  // The demo's: offered only where the deployment says where it answers.
  scripted: {
    title: "Scripted model (simulated)",
    baseUrl: null,
    keyHeader: "bearer",
    apiVersion: "2023-06-01",
    keyVariable: "SCRIPTED_MODEL_KEY",
    needsKey: false,
    isOwnMachine: false,
    isScripted: true,
  },
} as const satisfies Readonly<Record<string, ProviderTraits>>;

export type ProviderId = keyof typeof TABLE;

/** Everybody known to answer as Anthropic's Messages API does. A provider is its line here. */
export const PROVIDERS: Readonly<Record<ProviderId, ProviderTraits>> = TABLE;

export const isProviderId = (name: string): name is ProviderId => Object.hasOwn(TABLE, name);

export const PROVIDER_IDS = Object.keys(TABLE) as readonly ProviderId[];
