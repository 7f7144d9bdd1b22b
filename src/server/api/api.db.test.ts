import { nobodyListens } from "../testing/nobody-listens";
import { TRPCError } from "@trpc/server";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openBed } from "../../../scripts/testing/open-bed";
import { createCallCounter } from "../adapters/limits/create-call-counter";
import type { Runtime } from "../runtime";
import { createBooksFixture, FIRST_SLOT, type BooksFixture } from "../testing/books-fixture";
import { claimSlot, stagesOf, wishToEnter } from "../testing/cycle-fixture";
import { accountAccess, type AccessCase } from "../testing/account-access";
import { adminAccess } from "../testing/admin-access";
import { modelAccess } from "../testing/model-access";
import { moneyAccess } from "../testing/money-access";
import { proposalAccess } from "../testing/proposal-access";
import { commandAccess } from "../testing/command-access";
import { editAccess } from "../testing/edit-access";
import { askForeignAndMissing, namesRecords } from "../testing/foreign-and-missing";
import { openMailbox, type Mailbox } from "../testing/mailbox-fixture";
import { createPerson, signInAgain, type Person } from "../testing/people-fixture";
import { retryAfter } from "./procedure/limit-calls";
import { appRouter, createCaller } from "./root";
import { publicMessage } from "./procedure/translate-error";

let runtime: Runtime;
let books: BooksFixture;
let owner: Person;
let stranger: Person;
let administrator: Person;
let spare: Person;
let mailbox: Mailbox;
let marketId: number;
let accountId: string;
let lived: { readonly cycleId: string; readonly positionId: string };

/** The bot's first cycle, which opens a position. */
const liveOnce = async (): Promise<typeof lived> => {
  const cycle = await claimSlot(books, FIRST_SLOT, { holder: "run" });
  for (const stage of stagesOf(books, wishToEnter(books))) await stage.run(cycle);
  const position = await runtime.db.position.findFirstOrThrow({ where: { botId: books.botId } });
  return { cycleId: cycle.cycleId, positionId: position.id };
};

openBed((bed) => {
  mailbox = openMailbox();
  runtime = { ...bed.runtime, mail: mailbox.mail };
});
afterAll(() => mailbox.close());
beforeAll(async () => {
  books = await createBooksFixture(runtime);
  owner = await signInAgain(runtime, books.userId);
  stranger = await createPerson(runtime);
  administrator = await createPerson(runtime, "admin");
  spare = await signInAgain(runtime, books.userId);
  lived = await liveOnce();
  const { id } = await runtime.db.account.findFirstOrThrow({ where: { userId: books.userId } });
  await runtime.db.account.update({ where: { id }, data: { capital: "20000" } });
  accountId = id;
  ({ id: marketId } = await runtime.db.market.findFirstOrThrow({ where: { venueId: books.venueId } }));
});

/** The table asks faster than a user can click. */
const unhurried = createCallCounter({ changes: 1000 });
/** No durable functions run here, so a hint has no effect. */
const as = (person: Person | null) =>
  createCaller({ ports: { ...runtime, events: nobodyListens, calls: unhurried }, session: person });

const codeOf = async (call: Promise<unknown>): Promise<string> => {
  try {
    await call;
    return "answered";
  } catch (error) {
    return error instanceof TRPCError ? error.code : String(error);
  }
};

const newBot = () => ({
  key: runtime.newId(),
  name: "new",
  money: { from: "account" as const, accountId, allotment: "1000" },
  settings: { pairs: ["BTC/USDT"], intervalSeconds: 3600 },
});

/** Who may call what: a procedure without a row here fails the test below. */
const ACCESS: Readonly<Record<string, AccessCase>> = {
  ...editAccess(() => ({ botId: books.botId })),
  ...commandAccess(() => ({ botId: books.botId, db: runtime.db })),
  ...moneyAccess(() => ({ newId: runtime.newId, accountId, botId: books.botId })),
  ...modelAccess(() => ({ botId: books.botId, cycleId: lived.cycleId })),
  ...proposalAccess(() => ({ botId: books.botId, runtime })),
  ...adminAccess(() => ({ newId: runtime.newId, userId: books.userId })),
  ...accountAccess(() => ({ newId: runtime.newId, spareSessionId: spare.sessionId })),
  "auth.me": { call: (caller) => caller.auth.me(), stranger: "answered" },
  "bots.list": { call: (caller) => caller.bots.list(), stranger: "answered" },
  "bots.rows": { call: (caller) => caller.bots.rows({ botIds: [books.botId] }), stranger: "answered" },
  "bots.totals": { call: (caller) => caller.bots.totals(), stranger: "answered" },
  "bots.byId": { call: (caller) => caller.bots.byId({ botId: books.botId }), stranger: "NOT_FOUND" },
  "bots.choices": { call: (caller) => caller.bots.choices(), stranger: "answered" },
  "bots.template": {
    call: (caller) => caller.bots.template({ from: "bot", botId: books.botId }),
    stranger: "NOT_FOUND",
  },
  "bots.create": { call: (caller) => caller.bots.create(newBot()), stranger: "NOT_FOUND" },
  "markets.list": { call: (caller) => caller.markets.list({ venueId: books.venueId }), stranger: "answered" },
  "markets.candles": {
    call: (caller) => caller.markets.candles({ marketId, timeframe: "1h" }),
    stranger: "answered",
  },
  "venues.list": { call: (caller) => caller.venues.list(), stranger: "answered" },
  "venues.setSpeed": {
    call: (caller) => caller.venues.setSpeed({ venueId: books.venueId, speed: 1 }),
    // A trader: the market is shared.
    owner: "FORBIDDEN",
    stranger: "NOT_FOUND",
  },
  "bots.positions": { call: (caller) => caller.bots.positions({ botId: books.botId }), stranger: "NOT_FOUND" },
  "bots.trades": { call: (caller) => caller.bots.trades({ botId: books.botId }), stranger: "NOT_FOUND" },
  "bots.decisions": { call: (caller) => caller.bots.decisions({ botId: books.botId }), stranger: "NOT_FOUND" },
  "bots.cycles": { call: (caller) => caller.bots.cycles({ botId: books.botId }), stranger: "NOT_FOUND" },
  "overview.get": { call: (caller) => caller.overview.get(), stranger: "answered" },
  "charts.equity": { call: (caller) => caller.charts.equity({ botId: books.botId }), stranger: "NOT_FOUND" },
  "charts.candles": {
    call: (caller) => caller.charts.candles({ botId: books.botId, pair: "BTC/USDT" }),
    stranger: "NOT_FOUND",
  },
  "cycles.byId": { call: (caller) => caller.cycles.byId({ cycleId: lived.cycleId }), stranger: "NOT_FOUND" },
  "positions.byId": {
    call: (caller) => caller.positions.byId({ positionId: lived.positionId }),
    stranger: "NOT_FOUND",
  },
  "ledger.list": { call: (caller) => caller.ledger.list({ botId: books.botId }), stranger: "NOT_FOUND" },
  "ledger.balances": { call: (caller) => caller.ledger.balances({ botId: books.botId }), stranger: "NOT_FOUND" },
  "live.events": { call: (caller) => caller.live.events({}), stranger: "answered" },
};

it("every procedure has a row in the table of access", () => {
  expect(Object.keys(appRouter._def.procedures).toSorted()).toEqual(Object.keys(ACCESS).toSorted());
});

const isChange = (path: string): boolean => {
  const procedures: Readonly<Record<string, { _def: { type: string } }>> = appRouter._def.procedures as never;
  return procedures[path]?._def.type === "mutation";
};

describe.each(Object.entries(ACCESS))("%s", (path, access) => {
  it("answers its owner, no anonymous, and others only about what is theirs, administrators too", async () => {
    expect(await codeOf(access.call(as(null)))).toBe(access.visitor ?? "UNAUTHORIZED");
    expect(await codeOf(access.call(as(owner)))).toBe(access.owner ?? "answered");
    expect(await codeOf(access.call(as(stranger)))).toBe(access.stranger);
    expect(await codeOf(access.call(as(administrator)))).toBe(access.administrator ?? access.stranger);
  });

  it("says the same of what is not the caller's as of what never was, byte for byte", async () => {
    // Venues and their markets are everybody's to look at.
    const isKept = (id: string): boolean => access.stranger === "answered" && id === books.venueId;
    const callers = access.administrator === undefined ? [stranger, administrator] : [stranger];
    for (const answers of await askForeignAndMissing(runtime, { access, callers, isKept, isChange: isChange(path) })) {
      expect(answers.foreign).toEqual(answers.missing);
    }
  });
});

it("nearly every procedure is asked about records of others", async () => {
  const named = await Promise.all(Object.values(ACCESS).map((access) => namesRecords(access, runtime.newId)));
  expect(named.filter(Boolean).length).toBeGreaterThan(25);
});

describe("bots", () => {
  it("are listed to their user only, with what their last cycle left", async () => {
    const empty = { items: [], nextCursor: null, previousCursor: null, from: 0, matching: 0 };
    expect(await as(stranger).bots.list()).toEqual(empty);
    expect(await as(stranger).bots.rows({ botIds: [books.botId] })).toEqual([]);
    expect(await as(stranger).bots.totals()).toMatchObject({ bots: 0, openPositions: 0, equity: null });
    const bots = (await as(owner).bots.list()).items.filter(({ id }) => id === books.botId);
    expect(bots).toMatchObject([
      {
        id: books.botId,
        mode: { name: "trinity", title: "Trinity", isControl: false },
        accountKind: "paper",
        status: "running",
        allotment: "10000",
        equity: (await as(owner).ledger.balances({ botId: books.botId })).equity,
        equityAt: new Date(FIRST_SLOT),
        lastCycle: { id: lived.cycleId, slot: new Date(FIRST_SLOT), status: "done", skipReason: null },
      },
    ]);
    expect(await as(owner).bots.byId({ botId: books.botId })).toMatchObject({ ...bots[0] });
  });

  it("that are not yours are as absent as those that never were, in the same words", async () => {
    const textOf = (botId: string) =>
      as(stranger)
        .bots.byId({ botId })
        .catch((error: Error) => error.message);
    expect(await textOf(books.botId)).toBe(await textOf(runtime.newId()));
  });

  it("are asked for by nothing but an id", async () => {
    const extra = { botId: books.botId, userId: owner.userId } as { botId: string };
    expect(await codeOf(as(stranger).bots.byId(extra))).toBe("BAD_REQUEST");
    expect(await codeOf(as(owner).bots.byId({ botId: "1 OR 1=1" }))).toBe("BAD_REQUEST");
  });
});

describe("a user who asks too often", () => {
  /** Changes have a count of their own, and what is for everybody has none. */
  const isCountedRead = ([path, { visitor }]: [string, AccessCase]): boolean =>
    visitor === undefined && !isChange(path);
  const asHurried = (person: Person) => {
    const calls = createCallCounter({ reads: 2, changes: 1, streams: 0 });
    return createCaller({ ports: { ...runtime, events: nobodyListens, calls }, session: person });
  };

  it("is told when to come back, whatever is asked for, and nobody else is", async () => {
    const caller = asHurried(owner);
    expect([await codeOf(caller.auth.me()), await codeOf(caller.bots.list())]).toEqual(["answered", "answered"]);
    for (const [path, { call }] of Object.entries(ACCESS).filter(isCountedRead)) {
      expect(await codeOf(call(caller)), path).toBe("TOO_MANY_REQUESTS");
    }
    const refused = await caller.auth.me().catch((error: unknown) => error);
    if (!(refused instanceof TRPCError)) throw new Error("it was answered");
    expect(publicMessage(refused)).toMatch(/^Too many requests\. Try again in \d+ seconds?\.$/);
    expect(retryAfter({ errors: [refused] }).headers?.["retry-after"]).toMatch(/^([1-9]|10)$/);
  });

  it("is counted over all sessions: signing in again gives no more", async () => {
    const calls = createCallCounter({ reads: 1 });
    const askAs = (session: Person) =>
      codeOf(createCaller({ ports: { ...runtime, events: nobodyListens, calls }, session }).auth.me());
    expect(await askAs(owner)).toBe("answered");
    expect(await askAs(await signInAgain(runtime, owner.userId))).toBe("TOO_MANY_REQUESTS");
  });

  it("may change less than read", async () => {
    const caller = asHurried(stranger);
    const change = () => codeOf(caller.venues.setSpeed({ venueId: books.venueId, speed: 1 }));
    expect([await change(), await change(), await codeOf(caller.auth.me())]).toEqual([
      "NOT_FOUND",
      "TOO_MANY_REQUESTS",
      "answered",
    ]);
  });
});
