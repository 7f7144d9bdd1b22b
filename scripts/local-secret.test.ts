import { mkdtempSync, rmSync, statSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, expect, it } from "vitest";
import { getAuthSecret, parseEnvironment } from "../src/env";
import { ensureLocalSecret } from "./local-secret";

const folder = mkdtempSync(path.join(os.tmpdir(), "0xbot-secret-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it("is made once, strong enough for production, and readable by its owner only", () => {
  const data = path.join(folder, "data");
  const secret = ensureLocalSecret(data);
  expect(ensureLocalSecret(data)).toBe(secret);
  expect(getAuthSecret(parseEnvironment({ NEXTAUTH_SECRET: secret }))).toBe(secret);
  expect(statSync(path.join(data, "nextauth-secret")).mode & 0o777).toBe(0o600);
  expect(ensureLocalSecret(path.join(folder, "other"))).not.toBe(secret);
});
