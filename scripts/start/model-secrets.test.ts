import { mkdtempSync, rmSync, statSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { parseEnvironment } from "../../src/env";
import { parseKeySecrets } from "../../src/server/models/model-settings-of";
import { addModelSecret, ensureModelSecrets } from "./model-secrets";
import { secretFile } from "./secrets";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), "model-secrets-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

it("a folder has one secret of its own, which only its owner reads, in the form of the environment", () => {
  const made = ensureModelSecrets(folder);
  expect(ensureModelSecrets(folder)).toBe(made);
  expect(statSync(secretFile(folder, "model-keys")).mode & 0o077).toBe(0);
  expect(parseEnvironment({ MODEL_KEY_SECRETS: made }).MODEL_KEY_SECRETS).toBe(made);
  expect(parseKeySecrets(made)).toMatchObject([{ secret: expect.objectContaining({ length: 32 }) }]);
});

it("a new secret stands before those that were there, which still open what they sealed", () => {
  const old = ensureModelSecrets(folder);
  const both = addModelSecret(folder);
  expect(both.endsWith(`,${old}`)).toBe(true);
  expect(ensureModelSecrets(folder)).toBe(both);
  expect(new Set(parseKeySecrets(both).map(({ id }) => id)).size).toBe(2);
});
