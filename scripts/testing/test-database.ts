import { randomUUID } from "node:crypto";
import { inject } from "vitest";
import { createDatabases } from "../postgres/databases";

export type TestDatabase = {
  /** URL of the product's role: a right that it lacks is missing here too. */
  readonly url: string;
  /** URL of the tables' owner, who may do damage that the product may not. */
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
