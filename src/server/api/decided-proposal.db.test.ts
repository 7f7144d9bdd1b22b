import { expect, it } from "vitest";
import { openBed } from "../../../scripts/testing/open-bed";
import type { Runtime } from "../runtime";
import { proposalOf, proposeAtFirst } from "../testing/approval-fixture";
import { nobodyListens } from "../testing/nobody-listens";
import { signInAgain } from "../testing/people-fixture";
import { tellBot } from "../testing/tell-bot";
import { createQuietBot } from "../testing/told-fixture";
import { createCaller } from "./root";

let runtime: Runtime;
openBed((bed) => ({ runtime } = bed));

it("a proposal is decided, once, also by an id that a command of somebody else has: nobody learns of it", async () => {
  const [asking, other] = [await proposeAtFirst(runtime), await createQuietBot(runtime)];
  const { id: commandId } = await tellBot(other, { kind: "pause" });
  const { id: proposalId } = await proposalOf(asking);
  const session = await signInAgain(runtime, asking.userId);
  const caller = createCaller({ ports: { ...runtime, wallNow: asking.ports.wallNow, events: nobodyListens }, session });
  const told = await caller.proposals.decline({ commandId, proposalId });
  expect(told).toMatchObject({ kind: "decline-proposal", botId: asking.botId, state: "done" });
  expect(await caller.proposals.decline({ commandId, proposalId })).toEqual(told);
  expect(await runtime.db.command.count({ where: { botId: asking.botId } })).toBe(1);
});
