import { isJsonObject, textOf, type JsonObject } from "../base/json-object";

/** A function as the SDK registers it, reduced to what the runner supports and what it must refuse. */
export type FunctionConfig = {
  /** 'app-function', or 'app-function-failure' for its onFailure handler. */
  readonly id: string;
  /** The first call and the retries. */
  readonly maxAttempts: number;
  readonly triggers: readonly JsonObject[];
  readonly singleton: JsonObject | undefined;
  readonly cancels: readonly JsonObject[];
};

/** Inngest's default: four retries. */
const DEFAULT_RETRIES = 4;

const objectsIn = (value: unknown): JsonObject[] => (Array.isArray(value) ? value.filter(isJsonObject) : []);

/** The wire says "attempts" and means RETRIES, contrary to the specification. */
const maxAttemptsOf = (config: JsonObject): number => {
  const steps = config["steps"];
  const step = isJsonObject(steps) ? steps["step"] : undefined;
  const retries = isJsonObject(step) ? step["retries"] : undefined;
  const count = isJsonObject(retries) ? retries["attempts"] : undefined;
  return (typeof count === "number" ? count : DEFAULT_RETRIES) + 1;
};

/** Reads the body of the SDK's registration request. Throws when it has another form than SDK 4 sends. */
export const readFunctionConfigs = (body: unknown): FunctionConfig[] => {
  const functions = isJsonObject(body) ? objectsIn(body["functions"]) : [];
  return functions.map((config) => {
    const id = textOf(config, "id");
    if (id === undefined) throw new Error("The SDK registered a function without an id.");
    const singleton = config["singleton"];
    return {
      id,
      maxAttempts: maxAttemptsOf(config),
      triggers: objectsIn(config["triggers"]),
      singleton: isJsonObject(singleton) ? singleton : undefined,
      cancels: objectsIn(config["cancel"]),
    };
  });
};
