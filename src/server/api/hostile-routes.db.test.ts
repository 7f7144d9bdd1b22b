import { readdirSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { openBed } from "../../../scripts/testing/open-bed";
import { PROJECT_FOLDER } from "../../../scripts/project-folder";
import { EXPORT_KINDS } from "~/contracts/export-query";
import { cookieOf, DOOR_AUTH } from "../testing/api-door";
import { BROWSER_ORIGIN as ORIGIN, createBrowser } from "../testing/browser-fixture";
import { openFingerprint } from "../testing/fingerprint-database";
import { HOSTILE_VALUES, HUGE_VALUES } from "../testing/hostile-values";
import { createHostileWorld, type HostileWorld } from "../testing/hostile-world";
import { answerAuthRequest } from "./handle-auth";
import { answerExportRequest } from "./handle-export";

let world: HostileWorld;
let fingerprint: Awaited<ReturnType<typeof openFingerprint>>;
openBed(
  (bed) => {
    world = { runtime: bed.runtime } as HostileWorld;
  },
  { poolMax: 10 },
);
beforeAll(async () => {
  const quota = { botsMax: 12, accountsMax: 12, exportsAtOnceMax: 1000, exportsPerHourMax: 1000 };
  world = await createHostileWorld({ ...world.runtime, quota });
  fingerprint = await openFingerprint(world.runtime.db);
});
afterAll(() => void vi.restoreAllMocks());

/** Where the hostile values are put into each route; a new route without a line here fails the test below. */
const TRIED_IN: Readonly<Record<string, string>> = {
  "auth/[...nextauth]": "here",
  "exports/[kind]": "here",
  "trpc/[trpc]": "hostile-input.db.test.ts",
  health: "it reads nothing of its request",
  inngest: "there is no such door where the runner is embedded; a hosted one takes signed calls only",
};

it("every route of the API is tried here, or takes nothing from its callers", () => {
  const routes = readdirSync(path.join(PROJECT_FOLDER, "src/app/api"), { recursive: true, encoding: "utf8" })
    .filter((file) => path.basename(file) === "route.ts")
    .map((file) => path.dirname(file));
  expect(routes.toSorted()).toEqual(Object.keys(TRIED_IN).toSorted());
});

const NO_WORDS_OF_OURS = /\bat \S+:\d+|node_modules|prisma|invocation|destructure|violates|relation "/i;

/** As text, which is all that an address can carry. */
const texts = (): string[] => [
  ...[...HOSTILE_VALUES, ...HUGE_VALUES].map((value) =>
    typeof value === "string" ? value : (JSON.stringify(value) ?? ""),
  ),
  ...world.ids,
];

describe("an export", () => {
  /** What all kinds have in common is read by the same code: it is tried with the first. */
  const FIELDS: Readonly<Record<(typeof EXPORT_KINDS)[number], readonly string[]>> = {
    trades: ["bot", "format", "from", "to", "pair", "account", "filter", "__proto__", "userId"],
    fills: ["bot", "pair"],
    ledger: ["bot", "account"],
    equity: ["bot", "from"],
    decisions: ["bot", "pair", "filter"],
  };

  const countExports = () => world.runtime.db.auditEntry.count();

  const ask = async (kind: string, query: string): Promise<number> => {
    const address = new URL(`${ORIGIN}/api/exports/x?${query}`);
    const request = new Request(address, { headers: await cookieOf(world.owner) });
    const response = await answerExportRequest({ ports: world.runtime, auth: DOOR_AUTH }, request, kind);
    const text = await response.text();
    if (response.status !== 200) {
      expect(text, query).not.toMatch(NO_WORDS_OF_OURS);
      expect(JSON.parse(text)).toMatchObject({ error: { message: expect.stringMatching(/\S \S/) } });
    }
    return response.status;
  };

  it.each(EXPORT_KINDS)(
    "of %s is given or refused whatever its filters are, and a refusal changes nothing",
    async (kind) => {
      const bot = String(world.known["botId"]);
      const statuses: number[] = [];
      const [before, exportsBefore] = [await fingerprint(), await countExports()];
      for (const text of texts()) {
        for (const field of FIELDS[kind]) {
          statuses.push(await ask(kind, new URLSearchParams({ bot, [field]: text }).toString()));
        }
      }
      const given = statuses.filter((status) => status === 200).length;
      const refused = statuses.filter((status) => status === 400 || status === 404).length;
      expect(given + refused).toBe(statuses.length);
      expect(refused).toBeGreaterThan(statuses.length / 2);
      // What was given is in the audit, each file once, and that is all that any of it left behind.
      expect((await countExports()) - exportsBefore).toBe(given);
      expect({ ...(await fingerprint()), audit_entries: "" }).toEqual({ ...before, audit_entries: "" });
    },
  );

  it("of a kind that there is not is refused, whatever it is called", async () => {
    const before = await fingerprint();
    for (const text of texts()) expect(await ask(text, `bot=${String(world.known["botId"])}`)).toBe(404);
    expect(await fingerprint()).toEqual(before);
  });
});

it("whatever is sent to come in, in any field of form or JSON, nobody comes in, nothing breaks and nothing changes", async () => {
  vi.spyOn(process.stderr, "write").mockReturnValue(true);
  const before = await fingerprint();
  const browser = createBrowser((request) => answerAuthRequest({ ports: world.runtime, auth: DOOR_AUTH }, request));
  const right = { email: "nobody@example.org", password: "x", callbackUrl: "/bots", json: "true", csrfToken: "x" };
  const csrfToken = await browser.readToken();
  for (const value of [...HOSTILE_VALUES, ...HUGE_VALUES, ...world.ids]) {
    for (const field of ["callbackUrl", "json", "csrfToken", "__proto__", "email"]) {
      const headers = { origin: ORIGIN, "content-type": "application/json" };
      const fields = { ...right, csrfToken };
      Object.defineProperty(fields, field, { value, enumerable: true, configurable: true, writable: true });
      for (const action of ["callback/credentials", "signout", "signin/credentials"]) {
        const response = await browser.send(`/api/auth/${action}`, {
          method: "POST",
          headers,
          body: JSON.stringify(fields),
        });
        expect(response.status, `${action} ${field} ${JSON.stringify(value)?.slice(0, 100)}`).toBeLessThan(500);
        expect(new URL(response.headers.get("location") ?? "/", ORIGIN).origin).toBe(ORIGIN);
        expect(await response.text()).not.toMatch(NO_WORDS_OF_OURS);
      }
    }
  }
  expect(await fingerprint()).toEqual(before);
});
