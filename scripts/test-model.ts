/** Asks a model one small question: npm run -s test:model -- --provider anthropic --model claude-haiku-5-5. */
import { createMessagesSimulator, type MessagesSimulator } from "../simulators/messages/create-messages-simulator";
import { createMessagesModel } from "../src/server/adapters/model/create-messages-model";
import type { LanguageModel } from "../src/server/ports/language-model";
import { costAtMost } from "../src/trading/model/cost-at-most";
import { PROVIDERS, type ProviderId } from "../src/trading/model/model-provider";
import { MODEL_TRIAL } from "../src/trading/model/model-trial";
import { reportTrial } from "./model/print-trial";
import { parseTrialOptions, TRIAL_USAGE, type TrialOptions } from "./model/trial-options";

const SIMULATED_KEY = "sk-simulated-0123456789";

const simulate = (provider: ProviderId): Promise<MessagesSimulator> => {
  if (provider === "deepseek") return createMessagesSimulator({ vendor: "deepseek" });
  if (PROVIDERS[provider].isScripted) return createMessagesSimulator({ vendor: "scripted" });
  if (PROVIDERS[provider].isOwnMachine) return createMessagesSimulator({ vendor: "ollama" });
  return createMessagesSimulator({ vendor: provider === "anthropic" ? "anthropic" : "any" });
};

const readKey = (provider: ProviderId): string | null => {
  const { keyVariable, needsKey, title } = PROVIDERS[provider];
  const key = process.env[keyVariable]?.trim() ?? "";
  if (key !== "") return key;
  if (needsKey) throw new Error(`Set ${keyVariable} to your key of ${title}.`);
  return null;
};

const tryModel = async (options: TrialOptions, simulator: MessagesSimulator | null): Promise<boolean> => {
  const { provider, model, price, withinMs } = options;
  const { title, keyHeader, apiVersion } = PROVIDERS[provider];
  const baseUrl = options.baseUrl ?? simulator?.baseUrl ?? "";
  const key = simulator === null ? readKey(provider) : SIMULATED_KEY;
  const asked: LanguageModel = createMessagesModel({ endpoint: { baseUrl, keyHeader, apiVersion, key }, model });
  const whose = simulator === null || PROVIDERS[provider].isScripted ? title : `a simulated ${title}`;
  const most = costAtMost(MODEL_TRIAL, price);
  if (most === null) throw new Error("No price is known for a question of this length. Give it by --price.");
  console.log(`${model.id} of ${whose}, at ${new URL(baseUrl).host}, for at most $${most.toFixed()}:`);
  const { lines, isPassed } = reportTrial(await asked.ask(MODEL_TRIAL, withinMs), price);
  for (const line of lines) console.log(line);
  return isPassed;
};

const run = async (): Promise<boolean> => {
  const options = parseTrialOptions(process.argv.slice(2), Date.now());
  if (options === null) {
    console.log(TRIAL_USAGE);
    return true;
  }
  const simulator = options.baseUrl === null ? await simulate(options.provider) : null;
  try {
    return await tryModel(options, simulator);
  } finally {
    await simulator?.close();
  }
};

try {
  if (!(await run())) process.exitCode = 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
