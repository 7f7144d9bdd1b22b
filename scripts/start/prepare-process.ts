import { getEnvironment } from "../../src/env";
import { createRuntime } from "../../src/server/runtime";
import { ensureDemoLogin } from "./demo-login";
import { describeFailure } from "./describe-failure";
import { handedOver } from "./handed-over";
import { prepareVenue } from "./prepare-venue";
import type { PreparationOrder, PreparationReport } from "./run-preparation";

/**
 * Makes the demo ready for its opening, so that the start command need not hold what that takes: tells it the venue and
 * the login, waits until the clock is set, announces that, and ends.
 */
const order = JSON.parse(handedOver("PREPARATION")) as PreparationOrder;
const say = (text: string): void => void process.stdout.write(`${text}\n`);

// The start command's end closes our input. What is half done is continued by the next start.
process.stdin.once("end", () => process.exit(1)).once("error", () => process.exit(1));
process.stdin.resume();

const report = (told: PreparationReport): Promise<void> =>
  new Promise((resolve) => {
    if (process.send === undefined) return resolve();
    process.send(told, undefined, undefined, () => resolve());
  });

/** What was planned by the clock of the last start comes by this one, and the next slots are planned now. */
const announceClock = async (venueId: string): Promise<void> => {
  const runtime = createRuntime({ databaseUrl: order.databaseUrl, poolMax: 1, inngest: getEnvironment() });
  // A hint: where it is lost, the next tick does the same.
  await runtime.events.clockSet({ venueId, anchorWall: Date.now() }).catch(() => undefined);
  await runtime.close();
};

try {
  const venueId = await prepareVenue(order, say);
  const { databaseUrl, hasDemoUser, dataFolder } = order;
  const login = hasDemoUser ? await ensureDemoLogin(databaseUrl, dataFolder) : null;
  process.once("message", () => void announceClock(venueId).then(() => process.exit(0)));
  await report({ kind: "prepared", venueId, login });
} catch (error) {
  await report({ kind: "failed", text: describeFailure(error) });
  process.exit(1);
}
