import { afterAll, afterEach, beforeAll, beforeEach } from "vitest";
import { createTestDatabase, type TestDatabase } from "./test-database";
import { createRuntime, type Runtime } from "../../src/server/runtime";

export type Bed = { readonly database: TestDatabase; readonly runtime: Runtime };

export type BedOptions = Pick<Parameters<typeof createRuntime>[0], "poolMax" | "wallNow"> & {
  /** "test": a database for each test, for files in which one test's rows would affect the next. */
  readonly per?: "file" | "test";
};

/** Opens a database and a runtime for the file (or each test), and closes both after it. */
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
