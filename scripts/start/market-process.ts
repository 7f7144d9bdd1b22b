import { createOkxSimulator } from "../../simulators/okx/create-okx-simulator";
import { createRuntime } from "../../src/server/runtime";
import { openDemoSource } from "./demo-source";
import { handedOver, takeUpDuties } from "./process-duties";
import { openRowClock } from "./row-clock";
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
