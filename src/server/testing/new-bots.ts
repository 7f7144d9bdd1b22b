import type { WantedNewBot } from "../bots/create-bot";
import type { Ports } from "../ports";
import { createBooksFixture } from "./books-fixture";
import { createPerson } from "./people-fixture";

const QUOTA = { botsMax: 1000, accountsMax: 1000, exportsAtOnceMax: 1000, exportsPerHourMax: 1000 };

/** A venue with two pairs, and the forms of users who have nothing yet. */
export const createNewBots = async (runtime: Ports) => {
  const fixture = await createBooksFixture(runtime, { pairs: ["BTC/USDT", "ETH/USDT"] });
  return {
    fixture,
    portsWith: (quota: Partial<typeof QUOTA> = {}): Ports => ({ ...fixture.ports, quota: { ...QUOTA, ...quota } }),
    newUser: async (): Promise<string> => (await createPerson(runtime)).userId,
    /** A form that makes a bot of 4,000 on a new account of 10,000. */
    wanted: (userId: string, changes: Partial<WantedNewBot> = {}): WantedNewBot => ({
      userId,
      key: runtime.newId(),
      name: "Mine",
      money: { from: "new-account", venueId: fixture.venueId, capital: "10000", allotment: "4000" },
      settings: { pairs: ["ETH/USDT"], intervalSeconds: 3600 },
      ...changes,
    }),
  };
};
