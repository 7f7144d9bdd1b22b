import { takeCommands } from "../steering/take-commands";
import type { BooksFixture } from "./books-fixture";
import { expireLease } from "./cycle-fixture";

/** As if a cycle had the bot: what it is told waits. */
export const holdBot = async ({ ports, botId }: BooksFixture): Promise<void> => {
  await ports.db.$executeRaw`
    UPDATE bot_leases SET holder = 'run', expires_at = clock_timestamp() + interval '1 minute' WHERE bot_id = ${botId}::uuid`;
};

/** It has ended: what waited is taken. */
export const freeBot = async (fixture: BooksFixture): Promise<void> => {
  await expireLease(fixture);
  await takeCommands(fixture.ports, fixture.botId);
};
