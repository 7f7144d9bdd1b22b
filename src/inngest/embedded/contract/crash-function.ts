import type { Inngest, InngestFunction } from "inngest";
import type pg from "pg";
import { setTimeout as delay } from "node:timers/promises";

export const CRASH_STEPS = ["s0", "s1", "s2", "s3", "s4", "s5"] as const;
export const HELD_STEP = "s2";

export const CRASH_TABLES = `
  create table executions (step text not null, pid int not null);
  create table doors (name text primary key);
`;

const waitForDoor = async (pool: pg.Pool): Promise<void> => {
  for (;;) {
    const { rowCount } = await pool.query("select 1 from doors where name = 'open'");
    if (rowCount) return;
    await delay(20);
  }
};

/** Six steps that leave a mark when they execute; with `holds`, the third waits inside until its door is opened. */
export const createCrashFunction = (client: Inngest, pool: pg.Pool, holds: boolean): InngestFunction.Any =>
  client.createFunction({ id: "crashing", retries: 0, triggers: [{ event: "crash/go" }] }, async ({ step }) => {
    for (const name of CRASH_STEPS) {
      await step.run(name, async () => {
        await pool.query("insert into executions (step, pid) values ($1, $2)", [name, process.pid]);
        if (holds && name === HELD_STEP) await waitForDoor(pool);
        return name;
      });
    }
  });
