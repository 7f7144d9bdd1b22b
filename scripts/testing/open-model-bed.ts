import { afterAll, beforeAll } from "vitest";
import { createMessagesSimulator, type MessagesSimulator } from "../../simulators/messages/create-messages-simulator";
import type { MessagesSimulatorOptions } from "../../simulators/messages/create-messages-simulator";
import { createMessagesModel } from "../../src/server/adapters/model/create-messages-model";
import type { Ports } from "../../src/server/ports";
import type { ModelSettings } from "../../src/server/ports/model-settings";

export type ModelBed = {
  readonly simulator: MessagesSimulator;
  /** How models are asked in a test: at the simulator alone. */
  readonly settings: ModelSettings;
};

/** Enough of everything, so that a test limits only what it is about. */
const PLENTY = {
  systemBudget: "1000",
  userBudget: "1000",
  atOnce: 1000,
  atOnceEach: 1000,
  perMinute: 100_000,
  withinMs: 20_000,
} as const;

/** The settings by which a model is asked at this address, and nowhere else. */
export const modelSettingsAt = (baseUrl: string, changes: Partial<ModelSettings> = {}): ModelSettings => ({
  ...PLENTY,
  keySecrets: [{ id: "test", secret: Buffer.alloc(32, 7) }],
  sharedKeyOf: () => null,
  scriptedUrl: baseUrl,
  allowsPrivate: true,
  ...changes,
});

/** The same product with a simulated model that answers at the simulator. */
export const withModels = <Some extends Ports>(ports: Some, models: ModelSettings): Some => ({
  ...ports,
  modelOf: createMessagesModel,
  models,
});

/** Opens the simulator of the Messages API for the file. */
export const openModelBed = (take: (bed: ModelBed) => void, options: MessagesSimulatorOptions = {}): void => {
  let simulator: MessagesSimulator | null = null;
  beforeAll(async () => {
    simulator = await createMessagesSimulator({ vendor: "scripted", ...options });
    take({ simulator, settings: modelSettingsAt(simulator.baseUrl) });
  });
  afterAll(() => simulator?.close());
};
