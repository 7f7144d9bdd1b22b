"use client";

import { formatAmount, formatPrice } from "~/components/format/format-amount";
import type { CommandView } from "~/contracts/command-view";
import { ConfirmDialog } from "~/components/ui/confirm-dialog";
import type { ProposalView } from "~/contracts/proposal-view";
import { LastPrice } from "./last-price";
import { useDecision } from "./use-decision";

type AcceptDialogProps = {
  readonly proposal: ProposalView;
  readonly onAnswer: (command: CommandView) => void;
  readonly onClose: () => void;
};

/** Says what accepting a proposal does, and does it. */
export const AcceptDialog = ({ proposal, onAnswer, onClose }: AcceptDialogProps) => {
  const { accept, isPending, error } = useDecision(proposal.id, (command) => {
    onAnswer(command);
    if (command.state !== "refused") onClose();
  });
  const { bot, pair, side, notional, risk, quantity, stopLoss, takeProfit, priceDigits: digits } = proposal;
  return (
    <ConfirmDialog
      title={`Enter ${pair} ${side} with ${bot.name}`}
      confirm="Accept"
      isPending={isPending}
      error={error}
      onConfirm={accept}
      onClose={onClose}
    >
      <p>
        It was judged at {formatPrice(proposal.referencePrice, digits)}: {quantity} worth {formatAmount(notional)}{" "}
        {bot.currency}, stop {formatPrice(stopLoss, digits)}, target {formatPrice(takeProfit, digits)}. At its stop it
        loses {formatAmount(risk)} {bot.currency} before costs.
      </p>
      <p>
        <LastPrice proposal={proposal} />
      </p>
      <p>
        The risk gate judges it again at the open of the next candle, with what the bot holds then: stop and target keep
        their distance from that price, and the size is found anew. Nothing is entered where the gate refuses it, or
        where the price has left {formatPrice(proposal.bandLow, digits)} to {formatPrice(proposal.bandHigh, digits)}.
      </p>
    </ConfirmDialog>
  );
};
