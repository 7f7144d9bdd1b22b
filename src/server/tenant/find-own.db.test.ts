import { beforeAll, describe, expect, it } from "vitest";
import { openBed } from "../../../scripts/testing/open-bed";
import type { Runtime } from "../runtime";
import { proposalOf, proposeAtFirst } from "../testing/approval-fixture";
import { createBooksFixture, type BooksFixture } from "../testing/books-fixture";
import { createPerson } from "../testing/people-fixture";
import { enterAtFirst } from "../testing/told-fixture";
import { findOwnBot, findOwnCycle, findOwnPosition, requireOwnBot, requireOwnProposal } from "./find-own";
import { keyedId } from "./keyed-id";

let runtime: Runtime;
let holder: BooksFixture;
let asker: BooksFixture;
let stranger: string;
openBed((bed) => ({ runtime } = bed));
beforeAll(async () => {
  holder = await enterAtFirst(runtime);
  asker = await proposeAtFirst(runtime);
  ({ userId: stranger } = await createPerson(runtime));
});

type Finding = {
  readonly owner: () => BooksFixture;
  readonly idIn: (fixture: BooksFixture) => Promise<string>;
  readonly find: (userId: string, id: string) => Promise<string>;
};

const ofBot = { owner: () => holder, idIn: ({ botId }: BooksFixture) => Promise.resolve(botId) };
const FINDINGS: Readonly<Record<string, Finding>> = {
  "a bot's id": { ...ofBot, find: (userId, botId) => requireOwnBot(runtime.db, { userId, botId }) },
  "a bot": {
    ...ofBot,
    find: async (userId, botId) => (await findOwnBot(runtime.db, { userId, botId }, {})).id,
  },
  "a cycle": {
    owner: () => holder,
    idIn: async ({ botId }) => (await runtime.db.cycle.findFirstOrThrow({ where: { botId } })).id,
    find: async (userId, cycleId) => (await findOwnCycle(runtime.db, { userId, cycleId }, {})).id,
  },
  "a position": {
    owner: () => holder,
    idIn: async ({ botId }) => (await runtime.db.position.findFirstOrThrow({ where: { botId } })).id,
    find: async (userId, positionId) => (await findOwnPosition(runtime.db, { userId, positionId }, {})).id,
  },
  "a proposal": {
    owner: () => asker,
    idIn: async (fixture) => (await proposalOf(fixture)).id,
    find: async (userId, proposalId) => (await requireOwnProposal(runtime.db, { userId, proposalId })).id,
  },
};

const answerOf = (finding: Promise<string>): Promise<unknown> =>
  finding.then(
    () => "found",
    ({ name, code, message }: Error & { readonly code: string }) => ({ name, code, message }),
  );

describe.each(Object.entries(FINDINGS))("%s", (_name, { owner, idIn, find }) => {
  it("is found by its user", async () => {
    const id = await idIn(owner());
    expect(await find(owner().userId, id)).toBe(id);
  });

  it("is told to nobody else, in the words for one that never was", async () => {
    const foreign = await answerOf(find(stranger, await idIn(owner())));
    expect(foreign).toMatchObject({ name: "AppError", code: "not-found" });
    expect(foreign).toEqual(await answerOf(find(stranger, runtime.newId())));
  });
});

it("a bot of another kind than is asked for is not found, an archived one is", async () => {
  const { userId, botId } = await createBooksFixture(runtime);
  await runtime.db.bot.update({ where: { id: botId }, data: { status: "archived" } });
  expect(await requireOwnBot(runtime.db, { userId, botId }, { accountKind: "paper" })).toBe(botId);
  await expect(requireOwnBot(runtime.db, { userId, botId }, { accountKind: "live" })).rejects.toThrow(/^Bot not found/);
});

it("the id of a form is one for each user, kind and key", () => {
  const key = "a-form";
  const [id, again] = [keyedId("bot", { userId: stranger, key }), keyedId("bot", { userId: stranger, key })];
  expect(again).toBe(id);
  const others = [
    keyedId("account", { userId: stranger, key }),
    keyedId("bot", { userId: holder.userId, key }),
    keyedId("bot", { userId: stranger, key: "another" }),
  ];
  expect(new Set([id, ...others]).size).toBe(4);
});
