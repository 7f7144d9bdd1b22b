import type { TestProject } from "vitest/node";
import { startTestCluster } from "./start-test-cluster";

declare module "vitest" {
  interface ProvidedContext {
    maintenanceUrl: string;
    appUrl: string;
    templateName: string;
  }
}

/** Vitest's global set-up of the database tests: one PostgreSQL per run, removed at its end. */
export const setup = async (project: TestProject): Promise<() => Promise<void>> => {
  const cluster = await startTestCluster();
  project.provide("maintenanceUrl", cluster.maintenanceUrl);
  project.provide("appUrl", cluster.appUrl);
  project.provide("templateName", cluster.templateName);
  return () => cluster.stop();
};
