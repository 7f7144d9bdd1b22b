import { createOkxSimulator } from "../../simulators/okx/create-okx-simulator";
import { createRuntime } from "../../src/server/runtime";
import { openDemoSource } from "./demo-source";
import { takeUpDuties } from "../../src/supervisor/process-duties";
import { handedOver } from "./handed-over";
import { openRowClock } from "../../src/server/demo/row-clock";
import { parseStartOptions } from "./start-options";

/** The demo's market: the exchange simulator over the demo's candles, by the clock in the database. */
const databaseUrl = handedOver("DATABASE_URL");
const source = await openDemoSource(parseStartOptions([], process.env).demo);
const clock = await openRowClock(databaseUrl, handedOver("DEMO_VENUE_ID"));
const port = Number(handedOver("DEMO_PORT"));
const simulator = await createOkxSimulator({ candles: source.library, now: clock.now, port });
const runtime = createRuntime({ databaseUrl, poolMax: 1 });

takeUpDuties(runtime, "market", async () => {
  await simulator.close();
  await clock.close();
  await runtime.close();
});
