import { encode } from "next-auth/jwt";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { openBed } from "../../../scripts/testing/open-bed";
import { EXPORT_KINDS } from "~/contracts/export-query";
import type { Runtime } from "../runtime";
import { createBooksFixture, type BooksFixture } from "../testing/books-fixture";
import { createPerson, signInAgain } from "../testing/people-fixture";
import { answerExportRequest } from "./handle-export";

const ORIGIN = "http://localhost:3000";
const auth = { secret: "a secret of the test alone, by chance", publicUrl: new URL(ORIGIN), trustedProxyHops: 0 };

let runtime: Runtime;
let fixture: BooksFixture;
let cookie: string;
let strangers: string;
openBed((bed) => ({ runtime } = bed));

const cookieOf = async (token: string): Promise<string> =>
  `0xbot.session=${await encode({ token: { sid: token }, secret: auth.secret })}`;

beforeAll(async () => {
  fixture = await createBooksFixture(runtime);
  await runtime.db.bot.update({ where: { id: fixture.botId }, data: { name: "My, =bot" } });
  cookie = await cookieOf((await signInAgain(runtime, fixture.userId)).token);
  strangers = await cookieOf((await createPerson(runtime)).token);
});

type Sent = { readonly cookie?: string; readonly headers?: Readonly<Record<string, string>>; readonly method?: string };
const QUOTA = { botsMax: 9, accountsMax: 9, exportsAtOnceMax: 1000, exportsPerHourMax: 1000 };

const send = async (
  path: string,
  { method = "GET", headers = {}, ...sent }: Sent = {},
  quota: Partial<typeof QUOTA> = {},
): Promise<Response> => {
  const request = new Request(`${ORIGIN}/api/exports/${path}`, {
    method,
    headers: { cookie: sent.cookie ?? cookie, ...headers },
  });
  const ports = { ...runtime, quota: { ...QUOTA, ...quota } };
  return answerExportRequest({ ports, auth }, request, new URL(request.url).pathname.split("/").at(-1) ?? "");
};
const messageOf = async (answer: Promise<Response>) => {
  const response = await answer;
  const { error } = (await response.json()) as { error: { message: string } };
  return { status: response.status, message: error.message };
};
const ledger = (more = ""): string => `ledger?bot=${fixture.botId}${more}`;

const now = (): Date => new Date(runtime.wallNow());

const block = (archivedAt: Date | null) =>
  runtime.db.user.update({ where: { id: fixture.userId }, data: { archivedAt } });

/** So many lines of the ledger, in postings that sum to zero. */
const postLines = (first: number, count: number) => runtime.db.$executeRaw`
  INSERT INTO ledger_entries (transaction_id, bot_id, account, currency, amount, posted_at)
  SELECT 'line:' || n, ${fixture.botId}::uuid, a::"LedgerAccount", 'USDT', CASE a WHEN 'cash' THEN -1 ELSE 1 END, now()
  FROM generate_series(${first}::int, ${first + count / 2 - 1}::int) n, unnest(ARRAY['cash', 'fees']) a`;

describe("the route of exports", () => {
  it("gives the owner a file of each kind in both formats, never kept by a cache", async () => {
    for (const kind of EXPORT_KINDS) {
      for (const format of ["csv", "json"]) {
        const response = await send(`${kind}?bot=${fixture.botId}&format=${format}`);
        expect(response.status).toBe(200);
        expect(response.headers.get("content-disposition")).toMatch(
          new RegExp(`^attachment; filename="${kind}-my-bot-\\d{8}\\.${format}"$`),
        );
        expect(response.headers.get("cache-control")).toBe("no-store");
        const text = await response.text();
        expect(text).toMatch(format === "json" ? /^\[\n?[^]*\]\n$/ : /^[a-z_,]+\r\n/);
      }
    }
  });

  it("opens to nobody without a session", async () => {
    expect(await messageOf(send(ledger(), { cookie: "" }))).toEqual({ status: 401, message: "Sign in first." });
    expect((await send("passwords", { cookie: "" })).status).toBe(401);
  });

  it("gives nothing to a session whose user has not just given the password, and counts nothing", async () => {
    const { token, sessionId } = await signInAgain(runtime, fixture.userId);
    await runtime.db.session.update({ where: { id: sessionId }, data: { confirmedAt: null } });
    const count = () => runtime.db.auditEntry.count({ where: { action: "export" } });
    const before = await count();
    const refused = { status: 403, message: "Confirm your password, then do this again." };
    expect(await messageOf(send(ledger(), { cookie: await cookieOf(token) }))).toEqual(refused);
    expect(await count()).toBe(before);
  });

  const endings: [string, number, (sessionId: string) => Promise<unknown>][] = [
    ["was ended", 1, (id) => runtime.db.session.update({ where: { id }, data: { revokedAt: now() } })],
    ["is of a user who was blocked", 10_000, () => block(now())],
  ];
  it.each(endings)("breaks a file off whose session %s meanwhile, and frees its place", async (_what, first, end) => {
    await postLines(first, 2500);
    const quota = { exportsAtOnceMax: 1 };
    const { token, sessionId } = await signInAgain(runtime, fixture.userId);
    const response = await send(ledger(), { cookie: await cookieOf(token) }, quota);
    const reader = response.body?.getReader();
    await reader?.read();
    await reader?.read();
    await end(sessionId);
    const rest = async (): Promise<void> => {
      while ((await reader?.read())?.done === false);
    };
    await expect(rest()).rejects.toThrow("has ended");
    await block(null);
    cookie = await cookieOf((await signInAgain(runtime, fixture.userId)).token);
    await (await send(ledger("&account=fees"), {}, quota)).text();
  });

  it("tells of a failure of ours no more than what its log line is found by", async () => {
    const written = vi.spyOn(process.stderr, "write").mockReturnValue(true);
    const ports = { ...runtime, wallNow: () => Number.NaN };
    const request = new Request(`${ORIGIN}/api/exports/${ledger()}`, { headers: { cookie } });
    const answer = await messageOf(answerExportRequest({ ports, auth }, request, "ledger"));
    const [line] = written.mock.calls.map(([text]) => JSON.parse(String(text)) as { reference: string });
    written.mockRestore();
    const message = `Something went wrong on our side. Reference ${line?.reference}.`;
    expect(answer).toEqual({ status: 500, message });
  });

  it("says the same of a bot of somebody else as of none", async () => {
    const foreign = await messageOf(send(ledger(), { cookie: strangers }));
    const missing = await messageOf(send(`ledger?bot=${runtime.newId()}`, { cookie: strangers }));
    expect(foreign).toEqual(missing);
    expect(foreign.status).toBe(404);
    expect(await runtime.db.auditEntry.count({ where: { action: "export", NOT: { actorId: fixture.userId } } })).toBe(
      0,
    );
  });

  it.each([
    ["", /bot: must be the id of a bot/],
    ["&bot=1", /each filter once/],
    ["&format=xlsx", /format: must be "csv" or "json"/],
    ["&from=yesterday", /from: must be a time such as/],
    ["&from=2024-01-02T00:00:00Z&to=2024-01-01T00:00:00Z", /to: must be later than from/],
    ["&from=0000-01-01T00:00:00Z", /from: must be a time from 1970 to 9998/],
    ["&to=9999-12-31T23:59:59-23:00", /to: must be a time from 1970 to 9998/],
    ["&pair=BTC/USDT", /pair/],
    ["&limit=5", /limit/],
    ["&account=__proto__", /account/],
    ["&__proto__=1", /__proto__/],
  ])("refuses the query %s and says what to do", async (more, message) => {
    const answer = await messageOf(send(more === "" ? "ledger" : ledger(more)));
    expect(answer.status).toBe(400);
    expect(answer.message).toMatch(message);
  });

  it("refuses a pair that is none, a kind that is none, other methods and other sites", async () => {
    const strange = await send(`trades?bot=${fixture.botId}&pair=${encodeURIComponent("'; DROP TABLE trades; --\0")}`);
    expect(strange.status).toBe(400);
    expect((await send(`passwords?bot=${fixture.botId}`)).status).toBe(404);
    expect((await send(ledger(), { method: "HEAD" })).status).toBe(405);
    expect((await send(ledger(), { headers: { "sec-fetch-site": "cross-site" } })).status).toBe(403);
    const own = await send(ledger(), { headers: { "sec-fetch-site": "same-origin" } });
    expect(own.status).toBe(200);
    await own.text();
  });

  it("leaves one entry in the audit for each file, with what it was asked by", async () => {
    const where = { action: "export", actorId: fixture.userId };
    const before = await runtime.db.auditEntry.count({ where });
    await (await send(ledger("&account=cash&from=2024-01-01T00:00:00Z"))).text();
    await send(ledger("&limit=5"));
    const entries = await runtime.db.auditEntry.findMany({ where, orderBy: { id: "asc" }, skip: before });
    expect(entries).toMatchObject([
      {
        subject: `bot:${fixture.botId}`,
        details: { kind: "ledger", format: "csv", account: "cash", from: "2024-01-01T00:00:00.000Z", to: null },
      },
    ]);
  });

  it("makes exactly as many of 50 at once as are left within the hour, and says when there will be more", async () => {
    const made = await runtime.db.auditEntry.count({ where: { action: "export", actorId: fixture.userId } });
    const quota = { exportsPerHourMax: made + 10 };
    const answers = await Promise.all(Array.from({ length: 50 }, () => send(ledger(), {}, quota)));
    const refused = answers.filter(({ status }) => status === 429);
    expect([answers.filter(({ ok }) => ok).length, refused.length]).toEqual([10, 40]);
    expect(Number(refused[0]?.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(await refused[0]?.text()).toMatch(/try again in \d+ minutes?\./);
    for (const answer of answers.filter(({ ok }) => ok)) await answer.text();
  });

  it("runs so many at once, and one more when one was read or left", async () => {
    const quota = { exportsAtOnceMax: 2 };
    const [one, other] = [await send(ledger(), {}, quota), await send(ledger(), {}, quota)];
    expect((await messageOf(send(ledger(), {}, quota))).message).toMatch(/wait until one ends, or cancel one/);
    await one.body?.cancel();
    const third = await send(ledger(), {}, quota);
    expect(third.status).toBe(200);
    await other.text();
    await third.text();
    expect((await messageOf(send(ledger("&limit=5"), {}, quota))).status).toBe(400);
    await (await send(ledger(), {}, quota)).text();
  });
});
