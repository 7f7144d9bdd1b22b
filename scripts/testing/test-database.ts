import { randomUUID } from "node:crypto";
import { inject } from "vitest";
import { createDatabases } from "../postgres/databases";

export type TestDatabase = {
  readonly url: string;
  /** Ends what is still connected, and removes the database. */
  drop(): Promise<void>;
};

/** A database of the caller's own, with every migration and no row. For `*.db.test.ts` only. */
export const createTestDatabase = async (): Promise<TestDatabase> => {
  const maintenanceUrl = inject("maintenanceUrl");
  const databases = createDatabases(maintenanceUrl);
  const name = `test_${randomUUID().replaceAll("-", "")}`;
  await databases.createDatabase(name, inject("templateName"));
  const url = new URL(maintenanceUrl);
  url.pathname = `/${name}`;
  return { url: url.toString(), drop: () => databases.dropDatabase(name) };
};
