import type { InngestFunction } from "inngest";
import { afterEach, expect, it, vi } from "vitest";
import { closeRunnerStage, openRunnerStage, type RunnerStage } from "../../../../scripts/testing/runner-stage";
import { planCycles } from "../../../server/testing/plan-cycles";
import type { InngestClient } from "../../client";
import { createRunBotCycle } from "../../functions/run-bot-cycle";
import type { Backend } from "./backend";

/** An event name of the check's own: a live product on the same server must not run this bot's cycles. */
const HINT = "contract/bot-cycle.due";

/** A slot of the bot lasts ten seconds, enough time for a server to call. */
const SPEED = 30;

/** The client; its functions listen to our hint instead of the product's. */
const listeningTo = (client: InngestClient, event: string): InngestClient =>
  Object.create(client, {
    createFunction: {
      value: (options: Parameters<InngestClient["createFunction"]>[0], handler: () => unknown) =>
        client.createFunction({ ...options, triggers: [{ event }] }, handler),
    },
  }) as InngestClient;

/** The product's own cycle, of a bot on a demo market, executed by a backend. */
export const describeBotCycle = (openBackend: () => Promise<Backend>): void => {
  let stage: RunnerStage | undefined;
  let backend: Backend | undefined;
  afterEach(async () => {
    await backend?.close();
    if (stage) await closeRunnerStage(stage);
  });

  it("goes from its hint to a recorded equity, each stage once", async () => {
    stage = await openRunnerStage(SPEED);
    backend = await openBackend();
    const { runtime, botId } = stage;
    const functions: InngestFunction.Any[] = [createRunBotCycle(listeningTo(backend.client, HINT), runtime)];
    await backend.serve(functions);
    const planned = (await planCycles(runtime)).find(({ wallAt }) => wallAt > Date.now());
    if (!planned) throw new Error("the stage's bot has no slot in the next 90 seconds");
    const { cycleId, slot, wallAt } = planned;
    await backend.client.send({ name: HINT, id: `${HINT}:${cycleId}`, ts: wallAt, data: { botId, cycleId, slot } });
    const ended = await vi.waitFor(
      async () => {
        const cycle = await runtime.db.cycle.findUniqueOrThrow({ where: { id: cycleId } });
        expect(cycle.status).not.toMatch(/due|running/);
        return cycle;
      },
      { timeout: backend.patienceMs, interval: 100 },
    );
    expect(ended).toMatchObject({ status: "done", skipReason: null });
    expect(Object.keys(ended.stages as object)).toContain("read-market");
    expect(await runtime.db.equityPoint.count({ where: { botId, at: ended.slot } })).toBe(1);
  });
};
