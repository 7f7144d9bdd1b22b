import { wholePlan } from "./testing/checks";
import { runAll } from "./testing/run-all";

await runAll(wholePlan);
