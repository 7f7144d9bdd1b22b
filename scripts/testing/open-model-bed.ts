import { afterAll, beforeAll } from "vitest";
import {
  createMessagesSimulator,
  type MessagesSimulator,
  type MessagesSimulatorOptions,
} from "../../simulators/messages/create-messages-simulator";
import { createMessagesModel } from "../../src/server/adapters/model/create-messages-model";
import type { Ports } from "../../src/server/ports";
import type { ModelSettings } from "../../src/server/ports/model-settings";
import { modelSettingsAt } from "./model-settings-at";

export type ModelBed = {
  readonly simulator: MessagesSimulator;
  /** How models are asked in a test: at the simulator alone. */
  readonly settings: ModelSettings;
};

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
