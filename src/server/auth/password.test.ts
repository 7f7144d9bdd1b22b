import { expect, it } from "vitest";
import { hashPassword, verifyPassword } from "./password";

it("hashes with argon2id at 19 MiB, two passes, one lane, each time anew", async () => {
  const [first, second] = await Promise.all([hashPassword("same"), hashPassword("same")]);
  expect(first).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(first).not.toBe(second);
  expect(await verifyPassword(first, "same")).toBe(true);
  expect(await verifyPassword(first, "Same")).toBe(false);
});

it("does the same work for a user who does not exist, and never finds the password right", async () => {
  const known = await hashPassword("some password");
  const timeOf = async (hash: string | null): Promise<number> => {
    const startedAt = performance.now();
    expect(await verifyPassword(hash, "wrong")).toBe(false);
    return performance.now() - startedAt;
  };
  const medianOf = async (hash: string | null): Promise<number> => {
    const times: number[] = [];
    for (let n = 0; n < 9; n++) times.push(await timeOf(hash));
    return times.toSorted((a, b) => a - b)[4] ?? 0;
  };
  // A shortcut would take no time at all.
  expect(await medianOf(null)).toBeGreaterThan((await medianOf(known)) / 3);
});
