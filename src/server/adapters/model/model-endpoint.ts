import { isModelKey, MODEL_KEY_FORM } from "~/trading/model/model-key";
import type { KeyHeader } from "~/trading/model/model-provider";

/** Where a model answers, and how it is told the key. */
export type ModelEndpoint = {
  readonly baseUrl: string;
  readonly keyHeader: KeyHeader;
  /** Value of anthropic-version. */
  readonly apiVersion: string;
  /** null: it needs none. */
  readonly key: string | null;
};

/** Without a slash at its end and without /v1, which the SDK adds. */
const readBaseUrl = (text: string): string => {
  const url = URL.canParse(text) ? new URL(text) : null;
  // An empty question or hash counts: what is added to the address would be of it.
  const isPlain = url !== null && url.username === "" && url.password === "" && !/[?#]/.test(url.href);
  if (!isPlain || !["http:", "https:"].includes(url.protocol)) {
    throw new RangeError("the model's address must look like https://api.example.org/anthropic");
  }
  return url.href.replace(/\/+$/, "").replace(/\/v1$/, "");
};

/** Throws RangeError for an address or a key that cannot be one; the message shows neither. */
export const readEndpoint = (endpoint: ModelEndpoint): ModelEndpoint => {
  const { key, baseUrl } = endpoint;
  if (key !== null && !isModelKey(key)) throw new RangeError(`the model's key must be ${MODEL_KEY_FORM}`);
  return { ...endpoint, baseUrl: readBaseUrl(baseUrl) };
};
