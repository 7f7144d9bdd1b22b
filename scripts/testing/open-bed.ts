import { afterAll, beforeAll } from "vitest";
import { createTestDatabase, type TestDatabase } from "./test-database";
import { createRuntime, type Runtime } from "../../src/server/runtime";

export type Bed = { readonly database: TestDatabase; readonly runtime: Runtime };

/** Opens a database of the file's own and a runtime on it before its tests, and closes both after them. */
export const openBed = (take: (bed: Bed) => void, { poolMax = 5 }: { readonly poolMax?: number } = {}): void => {
  let close: (() => Promise<void>) | null = null;
  beforeAll(async () => {
    const database = await createTestDatabase();
    const runtime = createRuntime({ databaseUrl: database.url, poolMax });
    close = async () => {
      await runtime.close();
      await database.drop();
    };
    take({ database, runtime });
  });
  afterAll(() => close?.());
};
