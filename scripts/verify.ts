import { preparation, quickChecks } from "./testing/checks";
import { runPhases } from "./testing/run-phases";

await runPhases((folder) => [preparation, quickChecks(folder)]);
