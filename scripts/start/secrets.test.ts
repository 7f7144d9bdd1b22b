import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { newPasswordSchema } from "../../src/contracts/credentials";
import { getAuthSecret, parseEnvironment } from "../../src/env";
import { createReadablePassword, ensureSecret, secretFile } from "./secrets";

const folder = mkdtempSync(path.join(os.tmpdir(), "0xbot-secret-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("a secret", () => {
  it("is made once, strong enough for production, and readable by its owner only", () => {
    const data = path.join(folder, "data");
    const secret = ensureSecret(data, "nextauth");
    expect(ensureSecret(data, "nextauth")).toBe(secret);
    expect(getAuthSecret(parseEnvironment({ NEXTAUTH_SECRET: secret }))).toBe(secret);
    expect(statSync(secretFile(data, "nextauth")).mode & 0o777).toBe(0o600);
    expect(statSync(path.join(data, "secrets")).mode & 0o777).toBe(0o700);
    expect(ensureSecret(path.join(folder, "other"), "nextauth")).not.toBe(secret);
  });

  it("that a person copies is four groups of four without look-alikes, 80 bits, and taken as a password", () => {
    const passwords = Array.from({ length: 500 }, createReadablePassword);
    for (const password of passwords) expect(password).toMatch(/^[a-kmnp-z2-9]{4}(-[a-kmnp-z2-9]{4}){3}$/);
    expect(new Set(passwords).size).toBe(passwords.length);
    const used = new Set(passwords.join("").replaceAll("-", ""));
    expect(Math.log2(used.size) * 16).toBeGreaterThanOrEqual(80);
    const kept = ensureSecret(folder, "demo-password", createReadablePassword);
    expect(newPasswordSchema.parse(kept)).toBe(kept);
    expect(readFileSync(secretFile(folder, "demo-password"), "utf8")).toBe(`${kept}\n`);
  });
});
