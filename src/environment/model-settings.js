import { z } from "zod";

const optionalText = z.string().trim().min(1).optional();
const dollars = (/** @type {string} */ most) =>
  z
    .string()
    .trim()
    .regex(/^\d{1,6}(\.\d{1,6})?$/, "must be US dollars, such as 20 or 2.50")
    .default(most);

/**
 * @param {string} what
 * @param {{ readonly least?: number, readonly most: number, readonly usual: number }} range
 */
const count = (what, { least = 1, most, usual }) =>
  z.coerce
    .number({ error: `must be a number of ${what}` })
    .int()
    .min(least)
    .max(most)
    .default(usual);

/** @param {"on" | "off"} usual */
const onOrOff = (usual) =>
  z
    .enum(["on", "off"], { error: 'must be "on" or "off"' })
    .default(usual)
    .transform((value) => value === "on");

const SECRET = /^[\w-]{1,32}:[A-Za-z0-9+/]{43}=$/;

/** Whether it says twice which secret is meant by a name. */
const hasTwins = (/** @type {string} */ text) => {
  const names = text.split(",").map((part) => part.trim().split(":")[0]);
  return new Set(names).size < names.length;
};

/** How language models are asked: by whose keys, how often, and for how much. */
export const modelSettings = {
  /** US dollars a UTC day: of all users together, and of one user who has no limit of their own. */
  MODEL_BUDGET_PER_DAY: dollars("20"),
  MODEL_BUDGET_PER_USER: dollars("5"),
  /** Calls under way at once: of all models together, and of one model. */
  MODEL_CALLS_AT_ONCE: count("calls", { most: 1000, usual: 6 }),
  MODEL_CALLS_AT_ONCE_EACH: count("calls", { most: 1000, usual: 4 }),
  /** Of one model. */
  MODEL_CALLS_PER_MINUTE: count("calls", { most: 100_000, usual: 60 }),
  /** How long a model has to answer. A cycle's lease lasts 30 s. */
  MODEL_SECONDS_MAX: count("seconds", { most: 25, usual: 20 }),
  /** "name:32 bytes in base64", the newest first, with commas between: what users' keys are sealed by. */
  MODEL_KEY_SECRETS: z
    .string()
    .refine(
      (text) => text.split(",").every((part) => SECRET.test(part.trim())),
      'must be "name:secret" with 32 random bytes, for example from "openssl rand -base64 32"; several with commas between',
    )
    .refine((text) => !hasTwins(text), "has two secrets of one name")
    .optional(),
  /** Whether users without a key of their own ask by the keys below, and pay nothing of it. */
  SHARED_MODEL_KEYS: onOrOff("off"),
  /** Whether a model may be asked at an address of this machine or network. */
  MODEL_PRIVATE_ADDRESSES: onOrOff("off"),
  /** Where the scripted model answers. */
  SCRIPTED_MODEL_URL: z
    .url({ protocol: /^https?$/, error: "must be a URL that begins with http:// or https://" })
    .optional(),
  ANTHROPIC_API_KEY: optionalText,
  DEEPSEEK_API_KEY: optionalText,
  MOONSHOT_API_KEY: optionalText,
  ZAI_API_KEY: optionalText,
  MINIMAX_API_KEY: optionalText,
  DASHSCOPE_API_KEY: optionalText,
  OPENROUTER_API_KEY: optionalText,
  LITELLM_API_KEY: optionalText,
  OLLAMA_API_KEY: optionalText,
  VLLM_API_KEY: optionalText,
  LM_STUDIO_API_KEY: optionalText,
  LLAMA_CPP_API_KEY: optionalText,
  SCRIPTED_MODEL_KEY: optionalText,
};
