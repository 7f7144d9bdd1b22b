import { createOkxSimulator } from "../../simulators/okx/create-okx-simulator";
import { createRuntime } from "../../src/server/runtime";
import type { DemoSource } from "./demo-source";
import type { DemoVenue } from "../../src/server/demo/ensure-demo-venue";
import { openVenueAt } from "../../src/server/demo/open-demo-venue";
import { seedMarkets } from "../../src/server/demo/seed-demo";

type Opening = { readonly databaseUrl: string; readonly venue: DemoVenue; readonly source: DemoSource };

/** Opens a demo market that has no bots: without bots there is no history to wait for. */
export const openWithoutBots = async ({ databaseUrl, venue, source }: Opening): Promise<void> => {
  const simulator = await createOkxSimulator({ candles: source.library, now: () => source.opensAt });
  const runtime = createRuntime({ databaseUrl, poolMax: 1, demoUrl: simulator.baseUrl, demoVenueId: venue.id });
  try {
    await seedMarkets(runtime, venue.id);
    await openVenueAt(runtime, venue.id, source.opensAt);
  } finally {
    await runtime.close();
    await simulator.close();
  }
};
