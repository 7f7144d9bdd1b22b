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
 * Opens the user's own database: checks that no runner of the other kind works on it, then migrates it as its owner.
 * Returns the URL for sessions of the product's processes.
 */
export const openOwnDatabase = async ({ urls, isHosted, phases }: Opening): Promise<string> => {
  const isCurrent = await checkOwnDatabase(urls);
  await refuseSecondRunner(urls.owner, isHosted);
  const work = (): Promise<string> => migrateDatabase(urls, isCurrent);
  return isCurrent ? work() : phases.run("migrations", work);
};
