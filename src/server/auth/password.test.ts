import { verify } from "@node-rs/argon2";
import { expect, it, vi } from "vitest";
import { hashPassword, verifyPassword } from "./password";

const COST = /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/;

it("hashes with argon2id at 19 MiB, two passes, one lane, each time anew", async () => {
  const [first, second] = await Promise.all([hashPassword("same"), hashPassword("same")]);
  expect(first).toMatch(COST);
  expect(first).not.toBe(second);
  expect(await verifyPassword(first, "same")).toBe(true);
  expect(await verifyPassword(first, "Same")).toBe(false);
});

it("does the same work for a user who does not exist, and never finds the password right", async () => {
  const compare = vi.fn<typeof verify>(verify);
  expect(await verifyPassword(null, "wrong", compare)).toBe(false);
  expect(compare.mock.calls).toEqual([[expect.stringMatching(COST), "wrong"]]);
  // Even if somebody found the password behind the hash that stands in for unknown users.
  compare.mockResolvedValueOnce(true);
  expect(await verifyPassword(null, "found", compare)).toBe(false);
});
