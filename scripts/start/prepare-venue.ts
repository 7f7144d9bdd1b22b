import { createPhases } from "./phases";
import { openDemoSource, type DemoSource } from "./demo-source";
import { openWithoutBots } from "./open-without-bots";
import { addNewBots, chooseDemoVenue, liveHistoryAloud } from "./prepare-demo";
import type { PreparationOrder } from "./run-preparation";
import { SCRIPTED_BOT } from "../../src/server/demo/demo-bots";
import type { DemoVenue } from "../../src/server/demo/ensure-demo-venue";

type Say = (text: string) => void;
type OpenVenue = { readonly order: PreparationOrder; readonly venue: DemoVenue; readonly source: DemoSource };

/** What a venue needs before its market may be shown for the first time. */
const openVenue = async ({ order, venue, source }: OpenVenue, say: Say): Promise<void> => {
  const { databaseUrl, hasDemoUser } = order;
  if (!hasDemoUser) return openWithoutBots({ databaseUrl, venue, source });
  const days = Math.round((source.opensAt - source.historyFrom) / 86_400_000);
  const live = (): Promise<string> => liveHistoryAloud(databaseUrl, venue, source);
  say(await createPhases(say).run(`history of ${days} market days`, live));
};

/** The venue of the market that the order asks for, with its history where there are demo bots; returns its id. */
export const prepareVenue = async (order: PreparationOrder, say: Say): Promise<string> => {
  const source = await createPhases(say).run("demo market", () => openDemoSource(order.demo));
  for (const warning of source.library.warnings) say(`note: ${warning}`);
  say(source.name);
  const venue = await chooseDemoVenue(order.databaseUrl, source);
  if (venue.openedAt === null) await openVenue({ order, venue, source }, say);
  else if (order.hasDemoUser && (await addNewBots(order.databaseUrl))) say(`added to the demo: ${SCRIPTED_BOT}`);
  return venue.id;
};
