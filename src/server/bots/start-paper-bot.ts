import { VENUE_CATALOGUE, type VenueKind } from "~/trading/venue-catalogue";
import { emailSchema } from "~/contracts/credentials";
import { modeOf } from "~/trading/decision/decide";
import type { Decimal } from "~/trading/money";
import { AppError } from "../errors";
import type { Ports } from "../ports";
import { openOkxVenue } from "../venues/open-okx-venue";
import { toClockRow, venueTimeAt } from "../venues/venue-time";
import { createPaperBot } from "./create-paper-bot";
import { refuseInterval } from "./interval-min";
import { refuseAcceleration } from "./refuse-acceleration";
import { requireSettings } from "./require-settings";

export type WantedBot = {
  readonly email: string;
  readonly venue: VenueKind;
  /** The host that answers in place of OKX's own; null: OKX's own. */
  readonly okxHost: string | null;
  /** Null: a name by mode and venue. */
  readonly name: string | null;
  /** Null: those of the settings, or else the venue kind's default pairs. */
  readonly pairs: readonly string[] | null;
  /** All other settings, as a trader writes them; absent: those of the default mode. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Venue time between cycles, seconds. */
  readonly intervalSeconds: number;
  readonly capital: Decimal;
};

type StartPorts = Pick<Ports, "db" | "newId" | "wallNow" | "marketDataOf">;

const findUser = async ({ db }: StartPorts, text: string): Promise<string> => {
  const email = emailSchema.safeParse(text);
  if (!email.success) throw new AppError("invalid", `"${text}" is not an e-mail address.`);
  const user = await db.user.findFirst({ where: { email: email.data, archivedAt: null }, select: { id: true } });
  if (user) return user.id;
  throw new AppError("not-found", `There is no user ${email.data}: create one with "npm run -s user:create".`);
};

const findDemoVenue = async ({ db }: StartPorts): Promise<string> => {
  const venue = await db.venue.findFirst({ where: { kind: "demo", archivedAt: null }, select: { id: true } });
  if (venue) return venue.id;
  throw new AppError("not-found", 'No demo market is running in this database: start one with "npm start".');
};

/** How a venue of this kind is found: one that is open already, or one that is opened for its first bot. */
const VENUE_FINDERS: Readonly<Record<VenueKind, (ports: StartPorts, wanted: WantedBot) => Promise<string>>> = {
  okx: (ports, { okxHost }) => openOkxVenue(ports, okxHost),
  demo: findDemoVenue,
};

const readVenue = async ({ db }: StartPorts, id: string) => {
  const markets = { where: { marketType: "swap" }, orderBy: { id: "asc" } } as const;
  const { kind, name, clock, ...rest } = await db.venue.findUniqueOrThrow({
    where: { id },
    include: { clock: true, markets },
  });
  const { title, isSimulated, pairsDefault } = VENUE_CATALOGUE[kind];
  const pairs = pairsDefault ?? rest.markets.map(({ pair }) => pair);
  // A simulated market is named after how it was made; any other after its host.
  return { name: isSimulated ? title : name, clock: toClockRow(clock), pairs };
};

/**
 * Creates a running bot with paper money on a venue's public prices, by the settings given or else of the default mode.
 * Throws AppError, with what to do, when the user, the venue or a pair does not exist, a setting is not allowed, OKX
 * cannot be reached, or the interval is too short or the model too dear for the venue's clock.
 */
export const startPaperBot = async (
  ports: StartPorts,
  wanted: WantedBot,
): Promise<{ readonly botId: string; readonly name: string; readonly pairs: readonly string[] }> => {
  const { intervalSeconds, capital } = wanted;
  const userId = await findUser(ports, wanted.email);
  const venueId = await VENUE_FINDERS[wanted.venue](ports, wanted);
  const venue = await readVenue(ports, venueId);
  const tooShort = refuseInterval(intervalSeconds, venue.clock);
  if (tooShort !== null) throw new AppError("invalid", tooShort);
  const pairs = wanted.pairs ?? wanted.settings?.["pairs"] ?? venue.pairs;
  const settings = requireSettings({ ...wanted.settings, pairs, intervalSeconds }, "created");
  const tooDear = refuseAcceleration(settings, venue.clock);
  if (tooDear !== null) throw new AppError("invalid", tooDear);
  const name = wanted.name ?? `${modeOf(settings).title} on ${venue.name}`;
  const startsAt = venueTimeAt(venue.clock, ports.wallNow());
  const botId = await createPaperBot(ports, { userId, venueId, name, settings, capital, startsAt });
  return { botId, name, pairs: settings.pairs };
};
