import fc from "fast-check";
import { expect, it } from "vitest";
import { findModel } from "~/trading/model/find-model";
import { MODEL_TRIAL } from "~/trading/model/model-trial";
import { mayBePaid, type Behaviour } from "../../../../simulators/messages/behaviour";
import { createMessagesSimulator } from "../../../../simulators/messages/create-messages-simulator";
import {
  failWith,
  refuseKey,
  refuseOverloaded,
  refuseRate,
  refuseRequest,
} from "../../../../simulators/messages/messages-answer";
import { createMessagesModel } from "./create-messages-model";

const KEY = "sk-canary-4f1d0c9b7a6e5d3c2b1a";
const WITHIN_MS = 20_000;

const TURNED_AWAY = [refuseRate("0"), refuseOverloaded(), refuseKey(), refuseRequest("bad")];
const FAILED = [failWith(500), failWith(503), failWith(408)];
const SPOKEN = ["reply", "prose", "refusal", "two-calls", "no-usage", "obey-attacker"] as const;
const LOST = ["page", "cut-json", "other-json", "reset", "broken-body", "endless-body"] as const;

/** 529 asks for no wait of its own, so that the second try comes a second later: seldom, to be done in time. */
const behaviour: fc.Arbitrary<Behaviour> = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...TURNED_AWAY).map((answer) => ({ kind: "turned-away", answer }) as const) },
  { weight: 2, arbitrary: fc.constantFrom(...FAILED).map((answer) => ({ kind: "failed", answer }) as const) },
  { weight: 2, arbitrary: fc.constantFrom(...SPOKEN).map((kind) => ({ kind }) as const) },
  { weight: 3, arbitrary: fc.constantFrom(...LOST).map((kind) => ({ kind }) as const) },
);

/** What the vendor may charge, by how the call ended. */
const CHARGES = { replied: 1, lost: 1, refused: 0 };

it("whatever happens, no call can be paid twice, and one that was refused cannot have been paid", async () => {
  await fc.assert(
    fc.asyncProperty(behaviour, behaviour, async (first, second) => {
      const simulator = await createMessagesSimulator();
      simulator.script(first, second);
      const model = createMessagesModel({
        endpoint: { baseUrl: simulator.baseUrl, keyHeader: "x-api-key", apiVersion: "2023-06-01", key: KEY },
        model: findModel("anthropic", "claude-haiku-4-5"),
      });
      const outcome = await model.ask(MODEL_TRIAL, WITHIN_MS);
      await simulator.close();
      const isTriedAgain = first.kind === "turned-away" && [429, 529].includes(first.answer.status);
      expect(simulator.requests()).toHaveLength(isTriedAgain ? 2 : 1);
      expect(outcome.tries).toBe(simulator.requests().length);
      const charged = simulator.requests().filter((request) => request.mayBePaid);
      expect(charged).toHaveLength(CHARGES[outcome.outcome]);
      expect(outcome.outcome === "refused").toBe(!mayBePaid(isTriedAgain ? second : first));
      expect(JSON.stringify(outcome)).not.toContain(KEY);
    }),
    { numRuns: 60 },
  );
});
