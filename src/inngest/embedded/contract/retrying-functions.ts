import { NonRetriableError, RetryAfterError, type InngestFunction } from "inngest";
import type { Journal } from "./backend";
import { keyOf, type ContractSetting } from "./contract-setting";

const attempts = (journal: Journal, key: string): number => journal.of(key).filter((line) => line === "attempt").length;

const createFlaky = ({ client, journal }: ContractSetting): InngestFunction.Any =>
  client.createFunction(
    { id: "flaky", retries: 3, triggers: [{ event: "contract/flaky" }] },
    async ({ event, step }) => {
      const key = keyOf(event);
      const tries = await step.run("flaky", () => {
        journal.note(key, "attempt");
        if (attempts(journal, key) < 3) throw new Error("not yet");
        return attempts(journal, key);
      });
      await step.run("after", () => journal.note(key, `after ${tries}`));
    },
  );

const createCatching = ({ client, journal }: ContractSetting): InngestFunction.Any =>
  client.createFunction(
    { id: "catching", retries: 0, triggers: [{ event: "contract/catching" }] },
    async ({ event, step }) => {
      const key = keyOf(event);
      const outcome = await step
        .run("throws", () => {
          throw new Error("caught one");
        })
        .catch((error: unknown) => (error instanceof Error ? error.message : "unknown"));
      await step.run("after", () => journal.note(key, outcome));
    },
  );

const createFailing = ({ client, journal }: ContractSetting): InngestFunction.Any =>
  client.createFunction(
    {
      id: "failing",
      retries: 1,
      triggers: [{ event: "contract/failing" }],
      onFailure: ({ error, event }) => journal.note(keyOf(event.data.event), `handled ${error.message}`),
    },
    async ({ event, step }) => {
      await step.run("throws", () => {
        journal.note(keyOf(event), "attempt");
        throw new Error("nope");
      });
    },
  );

const createNonRetriable = ({ client, journal }: ContractSetting): InngestFunction.Any =>
  client.createFunction(
    {
      id: "non-retriable",
      retries: 3,
      triggers: [{ event: "contract/non-retriable" }],
      onFailure: ({ event }) => journal.note(keyOf(event.data.event), "handled"),
    },
    async ({ event, step }) => {
      await step.run("throws", () => {
        journal.note(keyOf(event), "attempt");
        throw new NonRetriableError("never again");
      });
    },
  );

const createRetryAfter = ({ client, journal }: ContractSetting): InngestFunction.Any =>
  client.createFunction(
    { id: "retry-after", retries: 2, triggers: [{ event: "contract/retry-after" }] },
    async ({ event, step }) => {
      const key = keyOf(event);
      await step.run("waits", () => {
        journal.note(key, `at ${Date.now()}`);
        if (journal.of(key).length === 1) throw new RetryAfterError("in two seconds", 2000);
      });
      await step.run("after", () => journal.note(key, "after"));
    },
  );

/** Functions that fail in every way the runner knows. */
export const createRetryingFunctions = (setting: ContractSetting): InngestFunction.Any[] =>
  [createFlaky, createCatching, createFailing, createNonRetriable, createRetryAfter].map((create) => create(setting));
