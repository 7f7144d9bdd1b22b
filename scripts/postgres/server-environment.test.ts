import { afterEach, expect, it, vi } from "vitest";
import { serverEnvironment } from "./server-environment";

afterEach(() => void vi.unstubAllEnvs());

it("none of our secrets and settings reach the database's server", () => {
  vi.stubEnv("NEXTAUTH_SECRET", "a secret of the test alone, by chance");
  vi.stubEnv("PGOPTIONS", "-c fsync=off");
  expect(Object.keys(serverEnvironment()).toSorted()).toEqual(["LC_ALL", "NODE_ENV", "PATH"]);
});
