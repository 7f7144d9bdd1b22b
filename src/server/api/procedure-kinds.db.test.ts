import { initTRPC, TRPCError } from "@trpc/server";
import { beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { openBed } from "../../../scripts/testing/open-bed";
import type { Runtime } from "../runtime";
import { createPerson, type Person } from "../testing/people-fixture";
import { nobodyListens } from "../testing/nobody-listens";
import { createCallerFactory, createRouter, PROCEDURES } from "./procedure/trpc";
import { appRouter, createCaller } from "./root";

type Kind = keyof typeof PROCEDURES;
type Made = { readonly _def: object };

const MINUTE_MS = 60_000;

let now = Date.UTC(2026, 0, 1);
let runtime: Runtime;
let trader: Person;
let admin: Person;
openBed((bed) => ({ runtime } = bed), { wallNow: () => now });
beforeAll(async () => {
  trader = await createPerson(runtime);
  admin = await createPerson(runtime, "admin");
});

/** The checks that a procedure makes before all else; each is one function, so none can be made to look like another. */
const checksOf = ({ _def }: Made): readonly unknown[] => (_def as { middlewares: unknown[] }).middlewares;

/** The kind that a procedure was made from, by the checks that it begins with; null: none of ours. */
const kindOf = (procedure: Made): Kind | null => {
  const kinds = Object.entries(PROCEDURES) as [Kind, Made][];
  const begun = kinds.filter(([, kind]) =>
    checksOf(kind).every((check, index) => checksOf(procedure)[index] === check),
  );
  return begun.toSorted(([, one], [, other]) => checksOf(other).length - checksOf(one).length)[0]?.[0] ?? null;
};

const procedures = Object.entries(appRouter._def.procedures as unknown as Record<string, Made>);
const pathsOf = (kind: Kind) => procedures.filter(([, made]) => kindOf(made) === kind).map(([path]) => path);
const typeOf = ({ _def }: Made) => (_def as { type: string }).type;

/** Asks without any input: who is refused is refused before it is looked at. */
const answerTo = async (session: Person | null, path: string): Promise<string> => {
  const caller = createCaller({ ports: { ...runtime, events: nobodyListens }, session });
  const call = path.split(".").reduce<unknown>((found, name) => (found as Record<string, unknown>)[name], caller);
  try {
    await (call as () => Promise<unknown>)();
    return "let in";
  } catch (error) {
    if (!(error instanceof TRPCError)) throw error;
    return ["UNAUTHORIZED", "FORBIDDEN"].includes(error.code) ? error.message : "let in";
  }
};

const SIGN_IN = "Sign in first.";
const CONFIRM = "Confirm your password, then do this again.";
const NO_ADMIN = "Only an administrator may do this.";
const unconfirmed = (person: Person): Person => ({ ...person, confirmedAt: null });

it("every procedure is of one of the four kinds", () => {
  expect(procedures.filter(([, made]) => kindOf(made) === null)).toEqual([]);
  const raw = initTRPC.create().procedure.query(() => "raw");
  const halved = { _def: { middlewares: checksOf(PROCEDURES.user).slice(1) } };
  expect([kindOf(raw), kindOf(halved), kindOf(PROCEDURES.admin.query(() => "all"))]).toEqual([null, null, "admin"]);
});

it("what everybody may ask and what needs the password is named here, one by one", () => {
  expect(pathsOf("public").toSorted()).toEqual([
    "auth.door",
    "auth.register",
    "auth.requestReset",
    "auth.resetPassword",
    "auth.verifyEmail",
  ]);
  expect(pathsOf("step-up").toSorted()).toEqual([
    "account.endOtherSessions",
    "account.endSession",
    "account.isConfirmed",
    "accounts.withdraw",
    "models.addKey",
    "models.removeKey",
    "models.setBudget",
    "models.test",
  ]);
});

it("nothing that stops a bot or closes a position ever waits for a password", async () => {
  for (const path of ["commands.ask", "commands.stopEverything", "proposals.decline"]) {
    expect(await answerTo(unconfirmed(trader), path), path).toBe("let in");
  }
});

type Given = { readonly _def: { readonly inputs: readonly z.ZodType[] } };

/** Whether something that a caller may send names a user, however deep. */
const namesUser = (made: Made): boolean =>
  (made as Given)._def.inputs.some((input) =>
    JSON.stringify(z.toJSONSchema(input, { io: "input", unrepresentable: "any" })).includes('"userId":'),
  );

it("whose things a procedure is about comes from the session alone: only administrators name users", () => {
  const naming = procedures.filter(([, made]) => namesUser(made)).map(([path]) => path);
  expect(naming.length).toBeGreaterThan(0);
  expect(naming.filter((path) => !pathsOf("admin").includes(path))).toEqual([]);
});

describe.each(procedures.filter(([, made]) => kindOf(made) !== "public"))("%s", (path, made) => {
  const kind = kindOf(made);

  it("is closed to a visitor, before anything that is sent is looked at", async () => {
    expect(await answerTo(null, path)).toBe(SIGN_IN);
  });

  it.runIf(kind === "step-up")("asks for the password of who has not just given it", async () => {
    expect(await answerTo(unconfirmed(trader), path)).toBe(CONFIRM);
    expect(await answerTo(trader, path)).toBe("let in");
  });

  it.runIf(kind === "admin")("is closed to a trader, and an administrator's changes ask for the password", async () => {
    expect(await answerTo(trader, path)).toBe(NO_ADMIN);
    const isChange = typeOf(made) === "mutation";
    expect(await answerTo(unconfirmed(admin), path)).toBe(isChange ? CONFIRM : "let in");
    expect(await answerTo(admin, path)).toBe("let in");
  });
});

it("an administrator's procedure takes the role of the session, which is the database's", async () => {
  const router = createRouter({
    all: PROCEDURES.admin.query(() => "all"),
    set: PROCEDURES.admin.mutation(() => "set"),
  });
  const callerOf = (session: Person | null) => createCallerFactory(router)({ ports: runtime, session });
  await expect(callerOf(null).all()).rejects.toMatchObject({ code: "UNAUTHORIZED" });
  await expect(callerOf(trader).all()).rejects.toMatchObject({ code: "FORBIDDEN", message: NO_ADMIN });
  expect([await callerOf(admin).all(), await callerOf(admin).set()]).toEqual(["all", "set"]);
  await expect(callerOf(unconfirmed(admin)).set()).rejects.toThrow(CONFIRM);
});

it("a password counts for five minutes from when it was given", async () => {
  const router = createRouter({ pay: PROCEDURES["step-up"].mutation(() => "paid") });
  const person = await createPerson(runtime);
  const pay = () => createCallerFactory(router)({ ports: runtime, session: person }).pay();
  now += 5 * MINUTE_MS - 1;
  expect(await pay()).toBe("paid");
  now += 1;
  await expect(pay()).rejects.toMatchObject({ code: "FORBIDDEN", message: CONFIRM });
  // The clock was set back: a password of the future counts no longer than any.
  now -= 10 * MINUTE_MS - 1;
  expect(await pay()).toBe("paid");
  now -= 1;
  await expect(pay()).rejects.toMatchObject({ code: "FORBIDDEN", message: CONFIRM });
});
