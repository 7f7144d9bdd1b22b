"use client";

import { Decimal } from "decimal.js";
import { formatAmount, formatExact, formatPrice } from "~/components/format/format-amount";
import { useCommand } from "~/components/steering/use-command";
import { ConfirmDialog } from "~/components/ui/confirm-dialog";
import type { PositionView } from "~/contracts/position-view";

type CloseDialogProps = { readonly position: PositionView; readonly onClose: () => void };

/** Says what closing a position comes to, and asks it. */
export const CloseDialog = ({ position, onClose }: CloseDialogProps) => {
  const { id, bot, pair, side, quantity, mark, priceDigits, unrealized } = position;
  const { ask, isPending, error } = useCommand(bot.id, onClose);
  const value = new Decimal(quantity).times(mark).toFixed();
  return (
    <ConfirmDialog
      title={`Close ${pair} ${side}`}
      confirm="Close it"
      isPending={isPending}
      error={error}
      onConfirm={() => ask({ kind: "close-position", positionId: id })}
      onClose={onClose}
    >
      <p>
        {side === "long" ? "Sells" : "Buys"} {formatExact(quantity)} worth {formatAmount(value)} {bot.currency} at the
        mark price {formatPrice(mark, priceDigits)}: {formatAmount(unrealized, { isSigned: true })} {bot.currency}{" "}
        before the exit&apos;s costs.
      </p>
      <p>
        It leaves at the open of the next candle, with spread, impact and fee; its stop, where it is reached before
        that, comes first. Its bot may open {pair} again later by its rules.
      </p>
    </ConfirmDialog>
  );
};
