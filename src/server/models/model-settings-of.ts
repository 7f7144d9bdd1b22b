import { PROVIDERS } from "~/trading/model/model-provider";
import type { KeySecret, ModelSettings } from "../ports/model-settings";

/** As the environment has them; its texts are checked there. */
type ModelEnvironment = {
  readonly MODEL_BUDGET_PER_DAY: string;
  readonly MODEL_BUDGET_PER_USER: string;
  readonly MODEL_CALLS_AT_ONCE: number;
  readonly MODEL_CALLS_AT_ONCE_EACH: number;
  readonly MODEL_CALLS_PER_MINUTE: number;
  readonly MODEL_SECONDS_MAX: number;
  readonly MODEL_KEY_SECRETS?: string | undefined;
  readonly SHARED_MODEL_KEYS: boolean;
  readonly MODEL_PRIVATE_ADDRESSES: boolean;
  readonly SCRIPTED_MODEL_URL?: string | undefined;
};

const SECOND_MS = 1000;

/** "id:base64,id2:base64", the newest first. */
export const parseKeySecrets = (text: string): KeySecret[] =>
  text.split(",").map((part) => {
    const [id = "", secret = ""] = part.trim().split(":");
    return { id, secret: Buffer.from(secret, "base64") };
  });

/** How a deployment lets models be asked, by its environment. */
export const modelSettingsOf = (environment: ModelEnvironment): ModelSettings => ({
  systemBudget: environment.MODEL_BUDGET_PER_DAY,
  userBudget: environment.MODEL_BUDGET_PER_USER,
  atOnce: environment.MODEL_CALLS_AT_ONCE,
  atOnceEach: environment.MODEL_CALLS_AT_ONCE_EACH,
  perMinute: environment.MODEL_CALLS_PER_MINUTE,
  withinMs: environment.MODEL_SECONDS_MAX * SECOND_MS,
  keySecrets: environment.MODEL_KEY_SECRETS === undefined ? [] : parseKeySecrets(environment.MODEL_KEY_SECRETS),
  sharedKeyOf: (provider) => {
    if (!environment.SHARED_MODEL_KEYS) return null;
    const key: unknown = Object.entries(environment).find(([name]) => name === PROVIDERS[provider].keyVariable)?.[1];
    return typeof key === "string" ? key : null;
  },
  scriptedUrl: environment.SCRIPTED_MODEL_URL ?? null,
  allowsPrivate: environment.MODEL_PRIVATE_ADDRESSES,
});
