import type { BotChoices, LimitField, VenueChoice } from "~/contracts/new-bot";
import { BOT_PRESETS } from "~/trading/bot-presets";
import { MODES } from "~/trading/decision/modes/registry";
import { toPlain } from "~/trading/money";
import { RISK_RULES } from "~/trading/risk/risk-rules";
import { limitsOf } from "~/trading/risk/rule-book";
import { VENUE_CATALOGUE, type VenueKind } from "~/trading/venue-catalogue";
import { readPaperAccounts } from "../../bots/account-money";
import { intervalSecondsMin } from "../../bots/interval-min";
import type { Database } from "../../db/client";
import type { Ports } from "../../ports";
import { toClockRow } from "../../venues/venue-time";
import { loadBudget, loadKeys } from "../models/get-model-account";
import { providerChoices } from "../models/provider-choices";
import { findCopies } from "./find-copies";

const INTERVAL_SECONDS: Readonly<Record<VenueKind, number>> = { okx: 300, demo: 3600 };

/** The limits in the order in which a bot's settings list them. */
const LIMITS: readonly LimitField[] = limitsOf(RISK_RULES)
  .toSorted(([, one], [, other]) => one.place - other.place)
  .map(([name, { label, section, least, most, standard, isWhole = false, text }]) => ({
    name,
    label,
    section,
    least,
    most,
    standard,
    isWhole,
    // Its own words say in which unit a trader reads it.
    isShare: text(most).includes("%"),
  }));

const PRESETS = BOT_PRESETS.map(({ name, title, summary, settings: { mode } }) => ({ name, title, summary, mode }));
const MODE_CHOICES = Object.values(MODES).map(({ name, title, summary }) => ({ name, title, summary }));

const listVenues = async (db: Database): Promise<VenueChoice[]> => {
  const venues = await db.venue.findMany({
    where: { archivedAt: null, markets: { some: {} } },
    orderBy: [{ createdAt: "desc" }, { id: "asc" }],
    include: {
      clock: true,
      markets: { where: { marketType: "swap" }, orderBy: { id: "asc" }, select: { pair: true } },
    },
  });
  const choices = venues.map(({ id, kind, name, clock, markets }) => {
    const { title, isSimulated, pairsDefault } = VENUE_CATALOGUE[kind];
    const listed = markets.map(({ pair }) => pair);
    const least = intervalSecondsMin(toClockRow(clock));
    return {
      id,
      kind,
      title: isSimulated ? title : name,
      isSimulated,
      pairs: listed.filter((pair) => pairsDefault === null || pairsDefault.includes(pair)).slice(0, 20),
      intervalSeconds: Math.max(INTERVAL_SECONDS[kind], Math.ceil(least / 60) * 60),
      intervalSecondsMin: Math.max(60, least),
      speed: clock?.speed ?? 1,
    };
  });
  // The first is the default: what needs no network, and runs faster, shows a newcomer more.
  return choices.toSorted((one, other) => Number(other.isSimulated) - Number(one.isSimulated));
};

type ChoicePorts = Pick<Ports, "db" | "quota" | "models" | "wallNow">;

/** All that a user may make a new bot of: markets that are open, accounts with money left, starts, and limits. */
export const listBotChoices = async (ports: ChoicePorts, userId: string): Promise<BotChoices> => {
  const { db, quota, models, wallNow } = ports;
  const isThere = { userId, status: { not: "archived" as const } };
  const [venues, accounts, copies, keys, budget, botCount, accountCount] = await Promise.all([
    listVenues(db),
    readPaperAccounts(db, userId),
    findCopies(db, { userId, text: "" }),
    loadKeys(ports, userId),
    loadBudget(ports, userId),
    db.bot.count({ where: isThere }),
    db.account.count({ where: { userId, archivedAt: null } }),
  ]);
  return {
    venues,
    accounts: accounts.map((account) => ({ ...account, free: account.free && toPlain(account.free) })),
    presets: PRESETS,
    modes: MODE_CHOICES,
    copies,
    models: providerChoices({ models, keys: new Map(keys.map((key) => [key.provider, key])), now: wallNow() }),
    modelBudget: budget.budgetPerDay,
    limits: [...LIMITS],
    botsLeft: Math.max(0, quota.botsMax - botCount),
    accountsLeft: Math.max(0, quota.accountsMax - accountCount),
  };
};
