import { expect, it } from "vitest";
import { openBed } from "../../../scripts/testing/open-bed";
import type { Runtime } from "../runtime";
import { createBooksFixture } from "../testing/books-fixture";
import { switchDemoVenue } from "./switch-demo-venue";

let runtime: Runtime;
openBed((bed) => ({ runtime } = bed));

it("bots that a missing market stopped go on with it, whatever they were told since; who was stopped by somebody stays", async () => {
  const [waiting, asked, other] = [
    await createBooksFixture(runtime),
    await createBooksFixture(runtime),
    await createBooksFixture(runtime),
  ];
  const ofBot = (botId: string) => ({ where: { id: botId } });
  const stateOf = async (botId: string) => {
    const { status, stoppedReason } = await runtime.db.bot.findUniqueOrThrow(ofBot(botId));
    return { status, stoppedReason };
  };
  await switchDemoVenue(runtime, other.venueId);
  for (const { botId } of [waiting, asked]) {
    expect(await stateOf(botId)).toEqual({ status: "stopped", stoppedReason: "marketNotRunning" });
  }
  expect(await stateOf(other.botId)).toEqual({ status: "running", stoppedReason: null });
  const news = { kind: "stopRemoved", text: "Told since", at: new Date() } as const;
  await runtime.db.activity.create({
    data: {
      ...news,
      id: runtime.newId(),
      userId: waiting.userId,
      botId: waiting.botId,
      createdAt: new Date(Date.now() + 60_000),
    },
  });
  await runtime.db.bot.update({ ...ofBot(asked.botId), data: { stoppedReason: "user" } });

  await switchDemoVenue(runtime, waiting.venueId);
  expect(await stateOf(waiting.botId)).toEqual({ status: "running", stoppedReason: null });
  await switchDemoVenue(runtime, asked.venueId);
  expect(await stateOf(asked.botId)).toEqual({ status: "stopped", stoppedReason: "user" });
});
