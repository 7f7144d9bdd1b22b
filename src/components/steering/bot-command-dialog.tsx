"use client";

import { useQuery } from "@tanstack/react-query";
import { Decimal } from "decimal.js";
import { formatAmount } from "~/components/format/format-amount";
import { ConfirmDialog } from "~/components/ui/confirm-dialog";
import type { BotRow } from "~/contracts/bot-row";
import type { OpenPositions } from "~/contracts/bot-detail";
import { errorWords } from "~/trpc/error-words";
import { useTRPC } from "~/trpc/react";
import { useCommand } from "./use-command";

export type BotCommand = "pause" | "resume" | "stop" | "archive" | "close-all" | "run-now";

/** What a command does, in the words of its button. */
export const COMMAND_NAMES: Readonly<Record<BotCommand, string>> = {
  pause: "Pause",
  resume: "Resume",
  stop: "Stop",
  archive: "Archive",
  "close-all": "Close all",
  "run-now": "Run now",
};

const counted = (count: number): string => (count === 1 ? "1 open position" : `${count} open positions`);

/** What it holds, with amounts. */
const describeHeld = ({ positions, unrealized }: OpenPositions, currency: string): string => {
  const value = positions.reduce((sum, { notional }) => sum.plus(notional), new Decimal(0));
  const gain = formatAmount(unrealized, { isSigned: true });
  return `${counted(positions.length)} worth ${formatAmount(value.toFixed())} ${currency}, ${gain} ${currency} at the mark prices`;
};

/** What each will do, before it is done. `held`: what the bot holds in words; null: nothing. */
const EFFECTS: Readonly<Record<BotCommand, (held: string | null) => string[]>> = {
  pause: (held) => [
    "It opens nothing until you resume it. Its cycles go on, so that its rules still close what it holds.",
    ...(held === null ? [] : [`It holds ${held}; stops and targets stay in force.`]),
  ],
  resume: () => [
    "From its next slot on it opens positions again by its rules. Slots since it was stopped are not made up for.",
  ],
  stop: (held) => [
    "It has no more cycles: it opens nothing and its rules close nothing until you resume it.",
    held === null ? "It holds nothing." : `It holds ${held}. Their stops and targets stay in force.`,
  ],
  "run-now": () => [
    "If a decision candle has closed that it did not decide about, a cycle of its own decides about it at the open of the next candle, entries included, through the same risk gate as ever.",
    "If it has decided about the newest one, nothing happens: a candle is decided about once.",
  ],
  archive: () => ["It leaves all lists for good. Its trades, orders and ledger are kept."],
  "close-all": (held) => [
    held === null ? "It holds nothing." : `It closes ${held}.`,
    "What it holds leaves at the open of the next candle, with spread, impact and fees; a stop that is reached before that comes first. A running bot may open new ones later: to prevent that, pause or stop it too.",
  ],
};

type DialogProps = { readonly bot: BotRow; readonly command: BotCommand; readonly onClose: () => void };

/** Says what a command to a bot will do, with counts and amounts, and asks it. */
export const BotCommandDialog = ({ bot, command, onClose }: DialogProps) => {
  const trpc = useTRPC();
  const { data: open, error: unread } = useQuery(trpc.bots.positions.queryOptions({ botId: bot.id }));
  const { ask, isPending, error } = useCommand(bot.id, onClose);
  const held = open === undefined || open.positions.length === 0 ? null : describeHeld(open, bot.currency);
  return (
    <ConfirmDialog
      title={command === "close-all" ? `Close all that ${bot.name} holds` : `${COMMAND_NAMES[command]} ${bot.name}`}
      confirm={COMMAND_NAMES[command]}
      isPending={isPending || open === undefined}
      error={error ?? errorWords(unread)}
      onConfirm={() => ask({ kind: command })}
      onClose={onClose}
    >
      {open === undefined && <p>Reading what it holds…</p>}
      {open !== undefined && EFFECTS[command](held).map((effect) => <p key={effect}>{effect}</p>)}
    </ConfirmDialog>
  );
};
