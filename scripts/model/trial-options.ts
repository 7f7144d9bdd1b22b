import { parseArgs } from "node:util";
import { findModel } from "../../src/trading/model/find-model";
import { findPrice } from "../../src/trading/model/find-price";
import { priceFrom, ratesOf, type ModelPrice } from "../../src/trading/model/model-price";
import { isProviderId, PROVIDER_IDS, PROVIDERS, type ProviderId } from "../../src/trading/model/model-provider";
import type { ModelTraits } from "../../src/trading/model/model-traits";

export const TRIAL_USAGE = `Usage: npm run -s test:model -- --provider <id> --model <name> [options]

Asks a model one small question, and says what it answered, what that cost and how long it took, or why not.

  --provider <id>     ${PROVIDER_IDS.join(", ")}
  --model <name>      as the provider names it
  --base-url <url>    ask there instead, such as https://llm.example.org (without /v1)
  --price <rates>     US dollars per million tokens: input/output, or input/output/cache read/cache write; needed for a
                      model whose price is not known
  --within <seconds>  how long it may take, 1 to 120 (default 30)
  --simulator         asks a simulated model on this machine, without a key and for nothing
  --help              prints this

The key is read from the provider's variable:
${PROVIDER_IDS.map((id) => `  ${id.padEnd(12)}${PROVIDERS[id].keyVariable}${PROVIDERS[id].needsKey ? "" : " (if it needs one)"}`).join("\n")}`;

export type TrialOptions = {
  readonly provider: ProviderId;
  readonly model: ModelTraits;
  readonly price: ModelPrice;
  /** null: the simulator's. */
  readonly baseUrl: string | null;
  readonly withinMs: number;
};

const text = { type: "string" } as const;
const OPTIONS = {
  provider: text,
  model: text,
  "base-url": text,
  price: text,
  within: text,
  simulator: { type: "boolean" },
  help: { type: "boolean" },
} as const;

const RATE = String.raw`\d{1,6}(?:\.\d{1,6})?`;
const RATES = new RegExp(`^(${RATE})/(${RATE})(?:/(${RATE})/(${RATE}))?$`);

const parsePrice = (given: string): ModelPrice => {
  const [, input, output, cacheRead, cacheWrite] = RATES.exec(given) ?? [];
  if (input === undefined || output === undefined) {
    throw new Error("--price needs US dollars per million tokens, such as 3/15 or 3/15/0.30/3.75.");
  }
  const kept = cacheRead === undefined || cacheWrite === undefined ? {} : { cacheRead, cacheWrite };
  return priceFrom("1970-01-01", ratesOf({ input, output, ...kept }));
};

const priceOf = (model: ModelTraits, given: string | undefined, now: number): ModelPrice => {
  if (given !== undefined) return parsePrice(given);
  const found = findPrice(model, now);
  if (found.outcome === "refused") throw new Error(`${found.reason} Give it by --price.`);
  return found.price;
};

const parseWithin = (given = "30"): number => {
  const seconds = Number(given);
  if (/^\d{1,3}$/.test(given) && seconds >= 1 && seconds <= 120) return seconds * 1000;
  throw new Error("--within needs seconds, 1 to 120.");
};

type Place = {
  readonly provider: ProviderId;
  readonly given: string | undefined;
  readonly isSimulated: boolean;
};

/** Where to ask; null: the simulator says. */
const placeOf = ({ provider, given, isSimulated }: Place): string | null => {
  if (isSimulated && given !== undefined) throw new Error("--simulator has an address of its own.");
  if (isSimulated) return null;
  const { title, baseUrl } = PROVIDERS[provider];
  const place = given ?? baseUrl;
  if (place === null) throw new Error(`${title} needs its address: --base-url.`);
  return place;
};

/** What the command line asks for; null: only for help. `now` in ms of wall time. Throws with what to do. */
export const parseTrialOptions = (args: readonly string[], now: number): TrialOptions | null => {
  const { values } = parseArgs({ args: [...args], options: OPTIONS });
  if (values.help === true) return null;
  const { provider = "", model: name = "" } = values;
  if (!isProviderId(provider)) throw new Error(`--provider is one of ${PROVIDER_IDS.join(", ")}.`);
  if (name === "") throw new Error("--model needs the model's name, as the provider has it.");
  const baseUrl = placeOf({ provider, given: values["base-url"], isSimulated: values.simulator === true });
  const model = findModel(provider, name);
  const price = priceOf(model, values.price, now);
  return { provider, model, price, baseUrl, withinMs: parseWithin(values.within) };
};
