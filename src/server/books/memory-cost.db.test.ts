import pg from "pg";
import { expect, it } from "vitest";
import { openBed } from "../../../scripts/testing/open-bed";

const BOTS = 100;

let ownerUrl: string;
openBed(
  (bed) =>
    ({
      database: { ownerUrl },
    } = bed),
  { poolMax: 1 },
);

const DETACH = `
  ALTER TABLE equity_points DROP CONSTRAINT equity_points_bot_id_fkey;
  ALTER TABLE equity_memories DROP CONSTRAINT equity_memories_bot_id_fkey;
  CREATE TABLE those AS SELECT n, gen_random_uuid() AS id FROM generate_series(1, ${BOTS}) n;
  LOAD 'auto_explain';
  SET auto_explain.log_min_duration = 0;
  SET auto_explain.log_nested_statements = on;
  SET auto_explain.log_analyze = on;
  SET client_min_messages = log`;

/** How often a part of a plan ran at most, over all that points of so many bots at an hour set off. */
const countLoops = async (client: pg.Client, bots: number, hour: number): Promise<number> => {
  const plans: string[] = [];
  const keep = ({ message }: { message?: string | undefined }): void => void plans.push(message ?? "");
  client.on("notice", keep);
  await client.query(`
    INSERT INTO equity_points (bot_id, at, equity, cash, margin, unrealized_pnl, peak)
    SELECT id, '2024-01-01T00:00Z'::timestamptz + ${hour} * interval '1 hour', 100, 100, 0, 0, 100 FROM those WHERE n <= ${bots}`);
  client.off("notice", keep);
  return Math.max(...[...plans.join("\n").matchAll(/loops=(\d+)/g)].map(([, count]) => Number(count)));
};

it("points of many bots are remembered in one pass, also by a plan that was made for one point", async () => {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    await client.query(DETACH);
    expect(await countLoops(client, 1, 0)).toBe(1);
    expect(await countLoops(client, BOTS, 1)).toBeLessThanOrEqual(BOTS);
  } finally {
    await client.end();
  }
});
