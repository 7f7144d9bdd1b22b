import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { addModelKey } from "../src/server/models/add-model-key";
import { findModelFor } from "../src/server/models/find-model-for";
import { parseKeySecrets } from "../src/server/models/model-settings-of";
import type { Runtime } from "../src/server/runtime";
import { newUser } from "../src/server/testing/asking-bots";
import { openBed } from "./testing/open-bed";
import { modelSettingsAt } from "./testing/model-settings-at";
import type { TestDatabase } from "./testing/test-database";

const run = promisify(execFile);
const SCRIPT = path.join(import.meta.dirname, "rotate-model-keys.ts");
const [OLD, NEW] = ["old", "new"].map((name, index) => `${name}:${Buffer.alloc(32, index + 1).toString("base64")}`);

let database: TestDatabase;
let runtime: Runtime;
openBed((opened) => ({ database, runtime } = opened));

it("the command seals all keys by the newest secret, after which the older one opens none", async () => {
  const portsBy = (secrets: string) => ({
    ...runtime,
    models: modelSettingsAt("http://127.0.0.1:1", { keySecrets: parseKeySecrets(secrets) }),
    wallNow: () => Date.parse("2026-11-28"),
  });
  const userId = await newUser(runtime);
  await addModelKey(portsBy(`${OLD}`), { userId, provider: "anthropic", key: "sk-test-0123456789", baseUrl: null });
  const env = { ...process.env, DATABASE_URL: database.url, MODEL_KEY_SECRETS: `${NEW},${OLD}` };
  const { stdout, stderr } = await run(process.execPath, ["--import", "tsx", SCRIPT], { env });
  expect(stdout).toBe("1 key is sealed anew. Start 0xBot again to use them.\n");
  expect(stderr).toBe("");
  const find = (secrets: string) => findModelFor(portsBy(secrets), { userId, model: "anthropic/claude-haiku-4-5" });
  expect(await find(`${NEW}`)).toMatchObject({ outcome: "found" });
  expect(await find(`${OLD}`)).toMatchObject({ outcome: "refused", code: "model-no-key" });
});
