import { browserChecks, databaseChecks, httpChecks, preparation, productChecks, quickChecks } from "./testing/checks";
import { runPhases } from "./testing/run-phases";

await runPhases((folder) => [
  preparation,
  quickChecks(folder),
  databaseChecks(folder),
  productChecks,
  httpChecks(folder),
  browserChecks(folder),
]);
