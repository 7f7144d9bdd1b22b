import { afterAll, afterEach, beforeAll, beforeEach } from "vitest";
import { createTestDatabase, type TestDatabase } from "./test-database";
import { createRuntime, type Runtime } from "../../src/server/runtime";

export type Bed = { readonly database: TestDatabase; readonly runtime: Runtime };

export type BedOptions = Pick<Parameters<typeof createRuntime>[0], "poolMax" | "wallNow"> & {
  /** "test": a database for each test, where what one leaves would be seen by the next. */
  readonly per?: "file" | "test";
};

/** Opens a database of the file's own and a runtime on it before its tests, and closes both after them. */
export const openBed = (take: (bed: Bed) => void, { per = "file", poolMax = 5, ...rest }: BedOptions = {}): void => {
  const [before, after] = per === "file" ? [beforeAll, afterAll] : [beforeEach, afterEach];
  let close: (() => Promise<void>) | null = null;
  before(async () => {
    const database = await createTestDatabase();
    const runtime = createRuntime({ databaseUrl: database.url, poolMax, ...rest });
    close = async () => {
      await runtime.close();
      await database.drop();
    };
    take({ database, runtime });
  });
  after(() => close?.());
};
