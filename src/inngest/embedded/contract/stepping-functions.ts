import type { InngestFunction } from "inngest";
import { keyOf, type ContractSetting } from "./contract-setting";

const createParallel = ({ client, journal }: ContractSetting): InngestFunction.Any =>
  client.createFunction({ id: "parallel", triggers: [{ event: "contract/parallel" }] }, async ({ event, step }) => {
    const key = keyOf(event);
    const both = await Promise.all(
      ["left", "right"].map((side) =>
        step.run(side, () => {
          journal.note(key, side);
          return side;
        }),
      ),
    );
    await step.run("after", () => journal.note(key, both.join("+")));
  });

const createSleeping = ({ client, journal }: ContractSetting): InngestFunction.Any =>
  client.createFunction({ id: "sleeping", triggers: [{ event: "contract/sleeping" }] }, async ({ event, step }) => {
    const key = keyOf(event);
    await step.run("before", () => journal.note(key, `at ${Date.now()}`));
    await step.sleep("nap", "1s");
    await step.run("after", () => journal.note(key, `at ${Date.now()}`));
  });

const createSending = ({ client }: ContractSetting): InngestFunction.Any =>
  client.createFunction({ id: "sending", triggers: [{ event: "contract/sending" }] }, async ({ event, step }) => {
    await step.sendEvent("pass-on", { name: "contract/plain", data: { key: `${keyOf(event)}-passed-on` } });
  });

const createPlain = ({ client, journal }: ContractSetting): InngestFunction.Any =>
  client.createFunction({ id: "plain", triggers: [{ event: "contract/plain" }] }, ({ event }) =>
    journal.note(keyOf(event), `at ${Date.now()}`),
  );

const createOther = ({ client, journal }: ContractSetting): InngestFunction.Any =>
  client.createFunction({ id: "other", triggers: [{ event: "contract/other" }] }, ({ event }) =>
    journal.note(keyOf(event), "other"),
  );

const createAlone = ({ client, journal, gates }: ContractSetting): InngestFunction.Any =>
  client.createFunction(
    {
      id: "alone",
      singleton: { key: "event.data.key", mode: "skip" },
      triggers: [{ event: "contract/alone" }],
    },
    async ({ event, step }) => {
      const key = keyOf(event);
      await step.run("hold", async () => {
        journal.note(key, "started");
        await gates.wait(key);
      });
      await step.run("end", () => journal.note(key, "ended"));
    },
  );

const createCancellable = ({ client, journal }: ContractSetting): InngestFunction.Any =>
  client.createFunction(
    {
      id: "cancellable",
      cancelOn: [{ event: "contract/cancel", if: "async.data.key == event.data.key" }],
      triggers: [{ event: "contract/cancellable" }],
    },
    async ({ event, step }) => {
      await step.run("before", () => journal.note(keyOf(event), "before"));
      await step.sleep("nap", "2s");
      await step.run("after", () => journal.note(keyOf(event), "after"));
    },
  );

/** Functions that use steps, sleeps and events. */
export const createSteppingFunctions = (setting: ContractSetting): InngestFunction.Any[] =>
  [createParallel, createSleeping, createSending, createPlain, createOther, createAlone, createCancellable].map(
    (create) => create(setting),
  );
