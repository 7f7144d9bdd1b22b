import type Anthropic from "@anthropic-ai/sdk";
import type { ModelEndpoint } from "./model-endpoint";
import { createWholeFetch, type CallTrace } from "./whole-fetch";

type JsonSchema = { readonly [keyword: string]: unknown };

export type ModelSdk = {
  readonly Anthropic: typeof Anthropic;
  /**
   * The part of a JSON Schema that Claude takes of a strict tool; a bound that is no part of it is told in a description.
   * Anything else is answered by 400.
   */
  readonly toStrictSchema: (schema: JsonSchema) => JsonSchema;
};

/** Loads it once, when first needed: it takes 20 MB and 150 ms. Nothing else may import it. */
export const loadModelSdk = async (): Promise<ModelSdk> => {
  const [{ Anthropic }, { transformJSONSchema }] = await Promise.all([
    import("@anthropic-ai/sdk"),
    import("@anthropic-ai/sdk/lib/transform-json-schema"),
  ]);
  return { Anthropic, toStrictSchema: transformJSONSchema };
};

/** Of no meaning: keeps the SDK from looking for a key in the environment and on the disk where none is needed. */
const NO_KEY = "none";

const keyHeaders = ({ keyHeader, key }: ModelEndpoint): Record<string, string> => {
  if (key === null) return {};
  return keyHeader === "bearer" ? { authorization: `Bearer ${key}` } : { "x-api-key": key };
};

const SILENT = { error: () => undefined, warn: () => undefined, info: () => undefined, debug: () => undefined };

type ClientOptions = {
  readonly endpoint: ModelEndpoint;
  readonly trace: CallTrace;
  readonly replyBytesMax: number;
};

/**
 * The SDK for one request. Everything that it could take from the environment (key, address, headers, log level, traces)
 * is given, and what it would repeat by itself is turned off.
 */
export const openClient = (sdk: ModelSdk, { endpoint, trace, replyBytesMax }: ClientOptions): Anthropic => {
  const headers = { ...keyHeaders(endpoint), "anthropic-version": endpoint.apiVersion };
  return new sdk.Anthropic({
    apiKey: endpoint.key ?? NO_KEY,
    baseURL: endpoint.baseUrl,
    webhookKey: null,
    maxRetries: 0,
    fetch: createWholeFetch(trace, { replyBytesMax, headers }),
    logger: SILENT,
    logLevel: "off",
    openTelemetry: false,
  });
};
