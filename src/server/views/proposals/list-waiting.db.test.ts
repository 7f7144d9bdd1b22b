import { expect, it } from "vitest";
import { openBed } from "../../../../scripts/testing/open-bed";
import type { Runtime } from "../../runtime";
import { watchProposals } from "../../steering/watch-proposals";
import { accept, decline, proposalOf, proposeAtFirst } from "../../testing/approval-fixture";
import { editSettings } from "../../testing/edit-fixture";
import { getEditable } from "../bots/get-editable";
import { listVersions } from "../bots/list-versions";

let runtime: Runtime;
openBed(
  (bed) => {
    runtime = bed.runtime;
  },
  { poolMax: 10 },
);

it("who changes settings reads before which proposals that ends: what waits or is being placed, and it is what ends", async () => {
  const fixture = await proposeAtFirst(runtime);
  const { ports, userId, botId } = fixture;
  const { id } = await proposalOf(fixture);
  const waiting = [{ id, pair: "BTC/USDT", side: "long" }];
  expect((await getEditable(ports, { userId, botId })).proposals).toEqual(waiting);
  expect((await listVersions(ports, { userId, botId })).proposals).toEqual(waiting);
  await editSettings(fixture, { risk: { positionMarginMax: 0.2 } });
  await watchProposals(ports, botId);
  expect(await proposalOf(fixture)).toMatchObject({ state: "expired", reason: "the bot's settings were changed" });
  expect((await getEditable(ports, { userId, botId })).proposals).toEqual([]);
});

it("one that was accepted and is not placed yet is among them, one that was declined is not", async () => {
  const accepted = await proposeAtFirst(runtime);
  await accept(accepted);
  const declined = await proposeAtFirst(runtime);
  await decline(declined);
  const counts = [accepted, declined].map(async (of) => (await getEditable(of.ports, of)).proposals.length);
  expect(await Promise.all(counts)).toEqual([1, 0]);
});
