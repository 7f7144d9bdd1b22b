import { verify } from "@node-rs/argon2";
import { expect, it, vi } from "vitest";
import { hashPassword, verifyPassword } from "./password";

vi.mock("@node-rs/argon2", { spy: true });

const COST = /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/;

it("hashes with argon2id at 19 MiB, two passes, one lane, each time anew", async () => {
  const [first, second] = await Promise.all([hashPassword("same"), hashPassword("same")]);
  expect(first).toMatch(COST);
  expect(first).not.toBe(second);
  expect(await verifyPassword(first, "same")).toBe(true);
  expect(await verifyPassword(first, "Same")).toBe(false);
});

it("does the same work for a user who does not exist, and never finds the password right", async () => {
  vi.mocked(verify).mockClear();
  expect(await verifyPassword(null, "wrong")).toBe(false);
  expect(vi.mocked(verify).mock.calls).toEqual([[expect.stringMatching(COST), "wrong"]]);
  // Even if somebody found the password behind the hash that stands in for unknown users.
  vi.mocked(verify).mockResolvedValueOnce(true);
  expect(await verifyPassword(null, "found")).toBe(false);
});
