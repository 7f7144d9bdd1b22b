import { afterEach, expect, it, vi } from "vitest";
import { openBed } from "../../../scripts/testing/open-bed";
import { createRuntime, type Runtime } from "../runtime";
import { createPerson } from "../testing/people-fixture";
import { createPageCaller } from "./caller-of";

let runtime: Runtime;
openBed((bed) => ({ runtime } = bed));
afterEach(() => void vi.restoreAllMocks());

it("a page that cannot be read fails with the reference of the one line in the log", async () => {
  const written = vi.spyOn(process.stderr, "write").mockReturnValue(true);
  const session = await createPerson(runtime);
  const broken = createRuntime({ databaseUrl: "postgresql://nobody@127.0.0.1:1/none" });
  const failure = await createPageCaller({ ports: broken, session })
    .bots.list()
    .catch((error: unknown) => error);
  await broken.close();
  const lines = written.mock.calls.map(([line]) => JSON.parse(String(line)) as { reference: string });
  expect(lines).toHaveLength(1);
  expect(lines[0]?.reference).toMatch(/^[0-9a-f]{8}$/);
  expect(failure).toMatchObject({ digest: lines[0]?.reference });
});

it("a page of what is not there carries no reference, and is not logged", async () => {
  const written = vi.spyOn(process.stderr, "write").mockReturnValue(true);
  const session = await createPerson(runtime);
  const missing = createPageCaller({ ports: runtime, session }).bots.byId({ botId: runtime.newId() });
  const failure = await missing.catch((error: unknown) => error);
  expect(written).not.toHaveBeenCalled();
  expect(failure).toMatchObject({ code: "NOT_FOUND" });
  expect(failure).not.toHaveProperty("digest");
});
