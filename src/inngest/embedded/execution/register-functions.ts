import type { Inngest, InngestFunction } from "inngest";
import { serve } from "inngest/edge";
import { askForRegistration, type ServeHandler } from "./call-function";
import { checkpointSteps, type CheckpointAnswer } from "../transport/checkpoint-steps";
import { readFunctionConfigs } from "../registry/function-config";
import { registerFunction, type RegisteredFunction } from "../registry/function-registry";
import type { EmbeddedTransport } from "../transport/embedded-transport";
import { refuseUnsupportedOptions } from "../registry/refuse-unsupported";
import type { RunnerDatabase } from "../base/runner-database";

export type RegistrationOptions = {
  readonly transport: EmbeddedTransport;
  readonly client: Inngest.Any;
  readonly functions: readonly InngestFunction.Any[];
  readonly database: RunnerDatabase;
  readonly leaseMs: number;
  readonly onWake: () => void;
  readonly onCheckpoint: (answer: CheckpointAnswer, steps: number) => void;
};

export type Registration = {
  readonly handler: ServeHandler;
  readonly functions: readonly RegisteredFunction[];
  readonly detach: () => void;
};

const stepsIn = (body: unknown): number =>
  typeof body === "object" && body !== null && "steps" in body && Array.isArray(body.steps) ? body.steps.length : 0;

/** Attaches to the client's transport and lets the SDK register its functions. Throws UnsupportedFunction. */
export const registerFunctions = async (options: RegistrationOptions): Promise<Registration> => {
  const { client, database, leaseMs } = options;
  refuseUnsupportedOptions(options.functions);
  let registered: RegisteredFunction[] = [];
  let refusal: unknown;
  const detach = options.transport.attach({
    wake: options.onWake,
    checkpoint: async (body) => {
      const answer = await checkpointSteps(database, leaseMs, body);
      options.onCheckpoint(answer, stepsIn(body));
      return answer;
    },
    register: (body) => {
      try {
        registered = readFunctionConfigs(body).map(registerFunction);
      } catch (error) {
        refusal = error; // the SDK would report no more than "failed to register"
      }
    },
  });
  try {
    const handler = serve({ client, functions: [...options.functions] });
    await askForRegistration(handler);
    if (refusal instanceof Error) throw refusal;
    return { handler, functions: registered, detach };
  } catch (error) {
    detach();
    throw error;
  }
};
