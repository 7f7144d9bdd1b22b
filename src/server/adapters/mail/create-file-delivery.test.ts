import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, expect, it } from "vitest";
import { createFileDelivery } from "./create-file-delivery";

const home = mkdtempSync(path.join(os.tmpdir(), "0xbot-mail-"));
afterAll(() => rmSync(home, { recursive: true }));

it("each mail is a file for its owner's eyes, and the line that tells of it holds neither link nor whole address", async () => {
  const folder = path.join(home, "data", "mail");
  const lines: string[] = [];
  const deliver = createFileDelivery({ folder, say: (line) => void lines.push(line) });
  const mail = { to: "jane@example.org", subject: "Choose a new password", text: "http://localhost/reset#secret" };
  await Promise.all([deliver(mail), deliver(mail)]);
  const names = readdirSync(folder);
  expect(names).toHaveLength(2);
  for (const name of names) {
    const file = path.join(folder, name);
    expect(readFileSync(file, "utf8")).toMatch(/^To: jane@example\.org\nSubject: Choose.*\n\nhttp.*#secret\n$/s);
    expect(statSync(file).mode & 0o077).toBe(0);
  }
  expect(statSync(folder).mode & 0o077).toBe(0);
  expect(lines).toHaveLength(2);
  expect(lines.join()).toMatch(/j…@example\.org.*Choose a new password.*mail\/.*\.eml/);
  expect(lines.join()).not.toMatch(/secret|jane/);
});
