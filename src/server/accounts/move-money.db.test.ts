import { beforeAll, describe, expect, it } from "vitest";
import { openBed } from "../../../scripts/testing/open-bed";
import { decimal, sumOf } from "~/trading/money";
import { checkBotInvariants } from "../books/check-bot-invariants";
import { AppError } from "../errors";
import type { Runtime } from "../runtime";
import { claimSlot, stagesOf, wishToEnter } from "../testing/cycle-fixture";
import { createBooksFixture, FIRST_SLOT, type BooksFixture } from "../testing/books-fixture";
import { createPerson } from "../testing/people-fixture";
import { fingerprintBooks } from "../testing/fingerprint-books";
import { listAccounts } from "../views/accounts/list-accounts";
import { moveMoney } from "./move-money";
import { openAccount } from "./open-account";

let runtime: Runtime;
let fixture: BooksFixture;
openBed((bed) => ({ runtime } = bed), { poolMax: 10 });
beforeAll(async () => {
  fixture = await createBooksFixture(runtime);
});

const QUOTA = { botsMax: 99, accountsMax: 10, exportsAtOnceMax: 9, exportsPerHourMax: 9 };
const ports = () => ({ ...runtime, quota: QUOTA });

const openFor = async (userId: string, capital = "1000") =>
  (await openAccount(ports(), { userId, key: runtime.newId(), venueId: fixture.venueId, name: "Mine", capital }))
    .accountId;

const newAccount = async (capital = "1000") => {
  const { userId } = await createPerson(runtime);
  return { userId, accountId: await openFor(userId, capital) };
};
type Owned = Awaited<ReturnType<typeof newAccount>>;

const move = (owned: Owned, kind: "deposit" | "withdrawal", amount: string, key = runtime.newId()) =>
  moveMoney(runtime, { ...owned, kind, amount, key });

const rowOf = async ({ userId, accountId }: Owned) => {
  const row = (await listAccounts(ports(), userId)).accounts.find(({ id }) => id === accountId);
  return { capital: row?.capital, free: row?.free, flows: row?.flows.length };
};
const outcomeOf = async (work: Promise<unknown>): Promise<string> => {
  try {
    await work;
    return "done";
  } catch (error) {
    return error instanceof AppError ? error.code : String(error);
  }
};

describe("money of a paper account", () => {
  it("is paid in and taken out to the last digit, in the audit with who did it", async () => {
    const owned = await newAccount();
    await move(owned, "deposit", "0.00000001");
    await move(owned, "withdrawal", "1000");
    expect(await rowOf(owned)).toEqual({ capital: "0.00000001", free: "0.00000001", flows: 2 });
    const audited = await runtime.db.auditEntry.findMany({
      where: { subject: `account:${owned.accountId}` },
      orderBy: { id: "asc" },
    });
    expect(audited.map(({ action, actorId }) => [action, actorId])).toEqual(
      ["open-account", "deposit", "withdrawal"].map((action) => [action, owned.userId]),
    );
  });

  it("is moved once for each key, however often it is sent at once; with other entries the key is refused", async () => {
    const owned = await newAccount();
    const key = runtime.newId();
    await Promise.all(Array.from({ length: 10 }, () => move(owned, "deposit", "5", key)));
    expect(await rowOf(owned)).toMatchObject({ capital: "1005", flows: 1 });
    expect(await outcomeOf(move(owned, "deposit", "6", key))).toBe("conflict");
    expect(await outcomeOf(move(owned, "withdrawal", "5", key))).toBe("conflict");
    expect(await rowOf(owned)).toMatchObject({ capital: "1005", flows: 1 });
  });

  it("is never below zero, and exact, when 50 take out at once", async () => {
    const owned = await newAccount();
    const outcomes = await Promise.all(
      Array.from({ length: 50 }, (_, n) => outcomeOf(move(owned, n % 5 === 4 ? "deposit" : "withdrawal", "37"))),
    );
    const flows = await runtime.db.accountFlow.findMany({ where: { accountId: owned.accountId } });
    expect(flows).toHaveLength(outcomes.filter((outcome) => outcome === "done").length);
    expect(outcomes.filter((outcome) => outcome !== "done").every((outcome) => outcome === "conflict")).toBe(true);
    const signed = flows.map(({ kind, amount }) =>
      decimal(kind === "deposit" ? amount.toFixed() : `-${amount.toFixed()}`),
    );
    expect((await rowOf(owned)).capital).toBe(sumOf([decimal(1000), ...signed]).toFixed());
    expect(flows.every(({ capitalAfter }) => !capitalAfter.isNegative())).toBe(true);
  });

  it("that is allotted stays, and the refusal says how much is free", async () => {
    const { userId, botId } = fixture;
    const { accountId } = await runtime.db.bot.findUniqueOrThrow({ where: { id: botId } });
    const owned = { userId, accountId };
    await expect(move(owned, "withdrawal", "1")).rejects.toThrow(/only 0\.00 USDT of the account are free/);
    await move(owned, "deposit", "250.5");
    await expect(move(owned, "withdrawal", "250.51")).rejects.toThrow(/only 250\.50 USDT of the account are free/);
    await move(owned, "withdrawal", "250.5");
  });

  it("moves no bot's cash, peak, day or profit, also while it holds a position", async () => {
    const { userId, botId } = fixture;
    const cycle = await claimSlot(fixture, FIRST_SLOT, { holder: "run" });
    for (const stage of stagesOf(fixture, wishToEnter(fixture))) await stage.run(cycle);
    const before = await fingerprintBooks(runtime.db);
    const { accountId } = await runtime.db.bot.findUniqueOrThrow({ where: { id: botId } });
    await move({ userId, accountId }, "deposit", "10000");
    expect(await fingerprintBooks(runtime.db)).toEqual(before);
    expect(await checkBotInvariants(runtime, { botId, settingsVersion: 1, at: FIRST_SLOT })).toEqual([]);
  });

  it("of somebody else is as if it were not there", async () => {
    const owned = await newAccount();
    const { userId } = await createPerson(runtime);
    const messages = await Promise.all(
      [owned.accountId, runtime.newId()].map((accountId) =>
        move({ userId, accountId }, "withdrawal", "1").catch((error: unknown) => String(error)),
      ),
    );
    expect(messages[0]).toBe(messages[1]);
    expect(await rowOf(owned)).toEqual({ capital: "1000", free: "1000", flows: 0 });
  });
});

describe("opening an account", () => {
  it("makes exactly as many of 50 at once as one user may have", async () => {
    const { userId } = await createPerson(runtime);
    const outcomes = await Promise.all(Array.from({ length: 50 }, () => outcomeOf(openFor(userId))));
    expect(outcomes.filter((outcome) => outcome === "done")).toHaveLength(10);
    expect(await runtime.db.account.count({ where: { userId } })).toBe(10);
  });

  it("makes one for each key", async () => {
    const { userId } = await createPerson(runtime);
    const wanted = { userId, key: runtime.newId(), venueId: fixture.venueId, name: "Mine", capital: "100" };
    const [one, other] = await Promise.all([openAccount(ports(), wanted), openAccount(ports(), wanted)]);
    expect(one).toEqual(other);
    expect(await outcomeOf(openAccount(ports(), { ...wanted, name: "Other" }))).toBe("conflict");
  });

  it("sent again with another capital is refused, also after money was moved", async () => {
    const { userId } = await createPerson(runtime);
    const wanted = { userId, key: runtime.newId(), venueId: fixture.venueId, name: "Mine", capital: "100" };
    const { accountId } = await openAccount(ports(), wanted);
    await move({ userId, accountId }, "deposit", "70");
    await move({ userId, accountId }, "withdrawal", "20");
    expect((await openAccount(ports(), { ...wanted, capital: "100.00" })).accountId).toBe(accountId);
    await expect(openAccount(ports(), { ...wanted, capital: "150" })).rejects.toThrow(
      /already opened the account "Mine" with 100\.00 USDT: begin a new form/,
    );
  });

  it("needs a market that runs", async () => {
    const { userId } = await createPerson(runtime);
    const wanted = { userId, key: runtime.newId(), venueId: runtime.newId(), name: "Mine", capital: "100" };
    expect(await outcomeOf(openAccount(ports(), wanted))).toBe("not-found");
  });
});
