import type { EditableBot } from "~/contracts/edit-bot";
import { describeSettings } from "~/trading/describe-settings";
import { toPlain } from "~/trading/money";
import type { Ports } from "../../ports";
import type { OwnedBot } from "../../tenant/find-own";
import { findOwnedBotWithSettings } from "../owned-bot";
import { venueNameOf } from "../venue-name";

/** A user's bot as a form to edit it begins, with the open positions that keep what they have. Throws AppError. */
export const getEditable = async (ports: Pick<Ports, "db">, owned: OwnedBot): Promise<EditableBot> => {
  const bot = await findOwnedBotWithSettings(ports, owned);
  const { status, account, positions } = await ports.db.bot.findUniqueOrThrow({
    where: { id: bot.id },
    select: {
      status: true,
      account: { select: { name: true, venue: { select: { name: true, kind: true } } } },
      positions: {
        where: { closedAt: null },
        orderBy: [{ openedAt: "asc" }, { id: "asc" }],
        select: { id: true, side: true, settingsVersion: true, market: { select: { pair: true } } },
      },
    },
  });
  return {
    botId: bot.id,
    name: bot.name,
    isArchived: status === "archived",
    version: bot.settingsVersion,
    settings: bot.settings,
    sections: describeSettings(bot.settings),
    venueId: bot.venueId,
    venueName: venueNameOf(account.venue),
    accountName: account.name,
    currency: bot.currency,
    allotment: toPlain(bot.allotment),
    positions: positions.map(({ id, side, settingsVersion, market }) => ({
      id,
      side,
      pair: market.pair,
      version: settingsVersion,
    })),
  };
};
