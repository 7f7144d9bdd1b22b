import { TRPCError } from "@trpc/server";
import { beforeAll, expect, it } from "vitest";
import { openBed } from "../../../../scripts/testing/open-bed";
import { AppError } from "../../errors";
import type { Runtime } from "../../runtime";
import { createPerson, type Person } from "../../testing/people-fixture";
import { publicMessage } from "./translate-error";
import { adminProcedure, createCallerFactory, createRouter, publicProcedure } from "./trpc";

let runtime: Runtime;
let trader: Person;
openBed((bed) => ({ runtime } = bed));
beforeAll(async () => {
  trader = await createPerson(runtime);
});

const codeOf = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => "answered",
    (error: unknown) => (error instanceof TRPCError ? error.code : String(error)),
  );

it("an administrator's procedure takes the role of the session, which is the database's", async () => {
  const router = createRouter({ all: adminProcedure.query(() => "all") });
  const callAs = (session: Person | null) => createCallerFactory(router)({ ports: runtime, session }).all();
  expect(await codeOf(callAs(null))).toBe("UNAUTHORIZED");
  expect(await codeOf(callAs(trader))).toBe("FORBIDDEN");
  expect(await callAs(await createPerson(runtime, "admin"))).toBe("all");
});

it("a public procedure answers anybody, and says a caller's fault in words but none of ours", async () => {
  const fail = (error: Error) =>
    publicProcedure.query(() => {
      throw error;
    });
  const router = createRouter({
    hello: publicProcedure.query(() => "hello"),
    taken: fail(new AppError("conflict", "The name is taken.")),
    broken: fail(new Error("password=hunter2")),
  });
  const caller = createCallerFactory(router)({ ports: runtime, session: null });
  expect(await caller.hello()).toBe("hello");
  await expect(caller.taken()).rejects.toMatchObject({ code: "CONFLICT", message: "The name is taken." });
  const broken = await caller.broken().catch((error: unknown) => error);
  expect(broken instanceof TRPCError && publicMessage(broken)).not.toContain("hunter2");
});
