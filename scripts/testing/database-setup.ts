import { rmSync } from "node:fs";
import type { TestProject } from "vitest/node";
import { compileChildren } from "./compile-children";
import { startTestCluster } from "./start-test-cluster";

declare module "vitest" {
  interface ProvidedContext {
    maintenanceUrl: string;
    appUrl: string;
    templateName: string;
    /** Where the compiled programs lie that tests start. */
    children: string;
  }
}

/** Vitest's global set-up of the database tests: one PostgreSQL and the compiled programs, removed at its end. */
export const setup = async (project: TestProject): Promise<() => Promise<void>> => {
  const [cluster, children] = await Promise.all([startTestCluster(), compileChildren()]);
  project.provide("maintenanceUrl", cluster.maintenanceUrl);
  project.provide("appUrl", cluster.appUrl);
  project.provide("templateName", cluster.templateName);
  project.provide("children", children);
  return async () => {
    rmSync(children, { recursive: true, force: true });
    await cluster.stop();
  };
};
