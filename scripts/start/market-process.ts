import { createOkxSimulator } from "../../simulators/okx/create-okx-simulator";
import { connectionSettings } from "../../src/server/db/connection-settings";
import { createRawDatabase } from "../../src/server/db/raw-sql";
import { openRowClock } from "../../src/server/demo/row-clock";
import { recordHeartbeat } from "../../src/server/health/record-heartbeat";
import { takeUpDuties } from "../../src/supervisor/process-duties";
import { openDemoSource } from "./demo-source";
import { handedOver } from "./handed-over";
import { serveScriptedModel } from "./serve-scripted-model";
import type { DemoOptions } from "./start-options";
import { openPool } from "~/server/db/open-pool";

/** The demo's outside: the exchange simulator over its candles, by the clock in the database, and the scripted model. */
const STATEMENT_MS = 5000;

const source = await openDemoSource(JSON.parse(handedOver("DEMO_OPTIONS")) as DemoOptions);
const pool = openPool(connectionSettings({ url: handedOver("DATABASE_URL"), poolMax: 1, statementMs: STATEMENT_MS }));
const clock = await openRowClock(pool, handedOver("DEMO_VENUE_ID"));
const port = Number(handedOver("DEMO_PORT"));
const simulator = await createOkxSimulator({ candles: source.library, now: clock.now, port });
const model = await serveScriptedModel(Number(handedOver("SCRIPTED_MODEL_PORT")));
const db = createRawDatabase(pool);

takeUpDuties(
  () => recordHeartbeat({ db }, "market"),
  async () => {
    await model.close();
    await simulator.close();
    await clock.close();
    await pool.end();
  },
);
