import { randomUUID } from "node:crypto";
import { inject } from "vitest";
import { createDatabases } from "../postgres/databases";

export type TestDatabase = {
  /** As the product connects: what its role was not granted fails here too. */
  readonly url: string;
  /** As the owner of the tables, who may break what the product may not. */
  readonly ownerUrl: string;
  /** Ends what is still connected, and removes the database. */
  drop(): Promise<void>;
};

const inDatabase = (base: string, name: string): string => {
  const url = new URL(base);
  url.pathname = `/${name}`;
  return url.toString();
};

/** A database of the caller's own, with every migration and no row. For `*.db.test.ts` only. */
export const createTestDatabase = async (): Promise<TestDatabase> => {
  const maintenanceUrl = inject("maintenanceUrl");
  const databases = createDatabases(maintenanceUrl);
  const name = `test_${randomUUID().replaceAll("-", "")}`;
  await databases.createDatabase(name, inject("templateName"));
  return {
    url: inDatabase(inject("appUrl"), name),
    ownerUrl: inDatabase(maintenanceUrl, name),
    drop: () => databases.dropDatabase(name),
  };
};
