import { withDatabase, type DemoDatabase } from "./demo-database";

/** Something of each kind that the demo's pages show. */
export type DemoIds = {
  readonly bot: string;
  readonly doneCycle: string;
  readonly skippedCycle: string;
  readonly openPosition: string;
  readonly closedPosition: string;
  /** A bot that asks a model, and a cycle in which it was answered. */
  readonly modelBot: string;
  readonly modelCycle: string;
};

export const FAST_BOT = "Trinity 5m";
const SLOW_BOT = "Trinity 1h";

/** In a cycle that is over, so that the page stays as it is. */
const ANSWERED =
  "WHERE state = 'replied' AND cycle_id IN (SELECT id FROM cycles WHERE status = 'done') ORDER BY asked_at LIMIT 1";
const SKIPPED = "SELECT id FROM cycles WHERE status = 'skipped' LIMIT 1";
const SET_STATE = "UPDATE bots SET trading_state = $2 WHERE name = $1 RETURNING id";

/** Makes a skipped cycle: halts the bot until one of its cycles was skipped. */
const skipOne = async ({ find, waitFor }: DemoDatabase): Promise<string> => {
  const found = await find(SKIPPED);
  if (found !== null) return found;
  await find(SET_STATE, SLOW_BOT, "halted");
  try {
    return await waitFor("a skipped cycle", SKIPPED);
  } finally {
    await find(SET_STATE, SLOW_BOT, "active");
  }
};

/** Waits until the demo has one of each, and returns their ids. */
export const findDemoIds = (databaseUrl: string): Promise<DemoIds> =>
  withDatabase(databaseUrl, async (database) => {
    const { waitFor } = database;
    return {
      bot: await waitFor("the fast bot", "SELECT id FROM bots WHERE name = $1", FAST_BOT),
      doneCycle: await waitFor(
        "a cycle that wanted something",
        `SELECT d.cycle_id FROM decisions d JOIN cycles c ON c.id = d.cycle_id
          WHERE c.status = 'done' AND d.action <> 'hold' ORDER BY c.slot DESC LIMIT 1`,
      ),
      skippedCycle: await skipOne(database),
      openPosition: await waitFor("an open position", "SELECT id FROM positions WHERE closed_at IS NULL LIMIT 1"),
      modelBot: await waitFor("a bot that asked", `SELECT bot_id FROM model_calls ${ANSWERED}`),
      modelCycle: await waitFor("an answer of a model", `SELECT cycle_id FROM model_calls ${ANSWERED}`),
      closedPosition: await waitFor("a closed position", "SELECT position_id FROM trades LIMIT 1"),
    };
  });
