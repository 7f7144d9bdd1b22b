import type { LiveEvent } from "~/contracts/live-event";
import { changeAllotment } from "../accounts/change-allotment";
import { moveMoney } from "../accounts/move-money";
import { createBot } from "../bots/create-bot";
import { failCycle } from "../cycle/fail-cycle";
import type { Ports } from "../ports";
import { watchProposals } from "../steering/watch-proposals";
import { recordVenueHealth } from "../venues/record-venue-health";
import { setVenueSpeed } from "../venues/set-venue-speed";
import { MINUTE_MS, proposeAtFirst } from "./approval-fixture";
import { FIRST_SLOT, type BooksFixture } from "./books-fixture";
import { claimSlot, wishToEnter } from "./cycle-fixture";
import { editSettings } from "./edit-fixture";
import { guardOnly } from "./guard-only";
import { nobodyListens } from "./nobody-listens";
import { tellBot } from "./tell-bot";
import { createQuietBot, enterAtFirst, LENGTH_MS, NEXT_OPEN, runSlot } from "./told-fixture";

/** A world in which an event of a kind is about to come, and what makes it come: the product's own code. */
type ToldKind = {
  readonly world: (runtime: Ports) => Promise<BooksFixture>;
  readonly happen: (fixture: BooksFixture) => Promise<unknown>;
};

const enter = (fixture: BooksFixture) => runSlot(fixture, FIRST_SLOT, wishToEnter(fixture));

const closeAll = async (fixture: BooksFixture): Promise<void> => {
  await tellBot(fixture, { kind: "close-all" });
  fixture.setTime(NEXT_OPEN + LENGTH_MS);
  await guardOnly(fixture.ports, fixture.botId);
};

const failFirst = async (fixture: BooksFixture): Promise<void> => {
  const { cycleId } = await claimSlot(fixture, FIRST_SLOT, { holder: "run" });
  await failCycle(fixture.ports, { cycleId, message: "no market" });
};

const createOther = ({ ports, userId, venueId }: BooksFixture) =>
  createBot(ports, {
    userId,
    key: ports.newId(),
    name: "secret plan",
    money: { from: "new-account", venueId, capital: "10000", allotment: "4000" },
    settings: { pairs: ["BTC/USDT"], intervalSeconds: 3600 },
  });

const deposit = async ({ ports, userId, botId }: BooksFixture) => {
  const { accountId } = await ports.db.bot.findUniqueOrThrow({ where: { id: botId } });
  return moveMoney(ports, { userId, key: ports.newId(), accountId, amount: "5", kind: "deposit" });
};

const takeBack = ({ ports, userId, botId }: BooksFixture) =>
  changeAllotment(ports, { userId, botId, key: ports.newId(), change: "take", amount: "5" });

const slowDown = async ({ ports, userId, venueId }: BooksFixture) => {
  // The market is shared: a trader may not.
  await ports.db.user.update({ where: { id: userId }, data: { role: "admin" } });
  return setVenueSpeed({ ...ports, events: nobodyListens }, { userId, venueId, speed: 2 });
};

const letExpire = (fixture: BooksFixture) => {
  fixture.setTime(FIRST_SLOT + 10 * MINUTE_MS);
  return watchProposals(fixture.ports, fixture.botId);
};

const loseVenue = async ({ ports, venueId }: BooksFixture): Promise<void> => {
  for (const seconds of [1, 30]) {
    const checkedAt = new Date(FIRST_SLOT + seconds * 1000);
    await recordVenueHealth(ports, {
      venueId,
      state: "unreachable",
      message: "It does not answer.",
      checkedAt,
      latencyMs: null,
    });
  }
};

/** Each kind of event, and how a user comes to be told it. */
export const TOLD_KINDS: Readonly<Record<LiveEvent["kind"], ToldKind>> = {
  "cycle-ended": { world: createQuietBot, happen: enter },
  "trade-opened": { world: createQuietBot, happen: enter },
  "trade-closed": { world: enterAtFirst, happen: closeAll },
  command: { world: createQuietBot, happen: (fixture) => tellBot(fixture, { kind: "pause" }) },
  proposal: { world: proposeAtFirst, happen: letExpire },
  "bot-created": { world: createQuietBot, happen: createOther },
  "settings-changed": {
    world: createQuietBot,
    happen: (fixture) => editSettings(fixture, { intervalSeconds: 7200 }),
  },
  "allotment-changed": { world: createQuietBot, happen: takeBack },
  "account-changed": { world: createQuietBot, happen: deposit },
  alert: { world: createQuietBot, happen: failFirst },
  "venue-clock": { world: createQuietBot, happen: slowDown },
  "venue-state": { world: createQuietBot, happen: loseVenue },
};
