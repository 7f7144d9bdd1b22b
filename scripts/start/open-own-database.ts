import { migrateDatabase, type DatabaseUrls } from "../migrate-database";
import { checkOwnDatabase } from "./check-database";
import type { StartTools } from "./start-tools";
import { refuseSecondRunner } from "./refuse-second-runner";

type Opening = {
  readonly urls: DatabaseUrls;
  readonly isHosted: boolean;
  readonly phases: Pick<StartTools["phases"], "run">;
};

/**
 * The user's own database, migrated by its owner after a check that no process works on it which that would break.
 * Returns the address for sessions of the product's processes.
 */
export const openOwnDatabase = async ({ urls, isHosted, phases }: Opening): Promise<string> => {
  const isCurrent = await checkOwnDatabase(urls);
  await refuseSecondRunner(urls.owner, isHosted);
  const work = (): Promise<string> => migrateDatabase(urls, isCurrent);
  return isCurrent ? work() : phases.run("migrations", work);
};
