import { botSettingsSchema } from "~/trading/bot-settings";
import type { Runtime } from "../runtime";
import { createBooksFixture, FIRST_SLOT, type BooksFixture } from "./books-fixture";
import { wishToEnter } from "./cycle-fixture";
import { createPerson, signInAgain, type Person } from "./people-fixture";
import { insertSampleCall } from "./sample-call";
import type { KnownValues } from "./sample-input";
import { runSlot, TOLD_AT } from "./told-fixture";

export type HostileWorld = {
  readonly runtime: Runtime;
  readonly owner: Person;
  /** Valid values for every field that an input has. */
  readonly known: KnownValues;
  /** Ids of another user, of records of other kinds and of nothing. */
  readonly ids: readonly string[];
};

/** What is entered about language models. */
const OF_MODELS = {
  provider: "anthropic",
  model: "anthropic/claude-haiku-5-5",
  baseUrl: null,
  budgetPerDay: "1",
  strategy: "Hold.",
  confidenceMin: 0.5,
  rewardRiskMin: 1,
  citationsMin: 1,
};

/** What is entered about oneself and others. */
const OF_PEOPLE = {
  email: "nobody@example.org",
  invite: "code",
  token: "code",
  password: "a long enough password",
  current: "another password",
  next: "a long enough password",
};

const PROMPT = { system: ["frame", "strategy"], message: "Decide.", tool: {}, pairs: ["BTC/USDT"] };

const idsOf = async ({ ports, botId, userId }: BooksFixture) => {
  const { db } = ports;
  const { id: cycleId } = await db.cycle.findFirstOrThrow({ where: { botId } });
  const { id: positionId } = await db.position.findFirstOrThrow({ where: { botId } });
  const { id: accountId } = await db.account.findFirstOrThrow({ where: { userId } });
  const { id: marketId } = await db.market.findFirstOrThrow();
  return { botId, cycleId, positionId, accountId, marketId };
};

/** A bot that holds a position, another whose entry waits for its trader, and what somebody may ask about them. */
export const createHostileWorld = async (runtime: Runtime): Promise<HostileWorld> => {
  const fixture = await createBooksFixture(runtime, { volatility: 0.0001 });
  await runSlot(fixture, FIRST_SLOT, wishToEnter(fixture));
  const asking = { ...fixture, botId: await fixture.addBot({ approval: { minutes: 60, bandFraction: 0.02 } }) };
  await runSlot(asking, FIRST_SLOT, wishToEnter(fixture));
  fixture.setTime(TOLD_AT);
  const foreign = await createBooksFixture(runtime);
  const { marketId, ...ids } = await idsOf(fixture);
  const { id: proposalId } = await runtime.db.proposal.findFirstOrThrow({ where: { botId: asking.botId } });
  const { userId, botId } = fixture;
  const callId = await insertSampleCall(runtime.db, { userId, botId, cycleId: ids.cycleId, prompt: PROMPT });
  const ports = { ...fixture.ports, mail: runtime.mail };
  // Who answers for the product may ask for everything: nothing is refused for the role alone.
  await runtime.db.user.update({ where: { id: fixture.userId }, data: { role: "admin" } });
  const owner = await signInAgain(ports, fixture.userId);
  const stranger = await createPerson(ports);
  const settings = botSettingsSchema.parse({ pairs: ["BTC/USDT"], intervalSeconds: 3600, approval: { minutes: 5 } });
  return {
    runtime: { ...runtime, ...ports },
    owner,
    ids: [...Object.values(ids), proposalId, fixture.venueId, foreign.botId, stranger.userId, runtime.newId()],
    known: {
      ...ids,
      // Whose sessions end and who is blocked, is somebody else.
      userId: stranger.userId,
      inviteId: "0".repeat(64),
      days: 1,
      isBlocked: false,
      proposalId,
      marketId,
      venueId: fixture.venueId,
      key: runtime.newId,
      commandId: runtime.newId,
      trialId: runtime.newId,
      callId,
      sessionId: (await signInAgain(ports, fixture.userId)).sessionId,
      settings,
      botIds: ids.botId,
      pairs: "BTC/USDT",
      pair: "BTC/USDT",
      name: "mine",
      text: "a",
      search: "BTC",
      cursor: null,
      lastEventId: "0",
      reason: "because",
      capital: "100",
      allotment: "1",
      amount: "1",
      level: "1",
      until: new Date(TOLD_AT + 3_600_000).toISOString(),
      limit: 5,
      before: 2,
      basedOn: 1,
      version: 1,
      speed: 1,
      ...OF_MODELS,
      ...OF_PEOPLE,
    },
  };
};
