import { quickPlan } from "./testing/checks";
import { runAll } from "./testing/run-all";

await runAll(quickPlan);
