"use client";

import { Decimal } from "decimal.js";
import { useId, useState } from "react";
import { formatAmount, formatPrice } from "~/components/format/format-amount";
import { useCommand } from "~/components/steering/use-command";
import { ConfirmDialog } from "~/components/ui/confirm-dialog";
import type { PositionView } from "~/contracts/position-view";
import { judgeStopInput } from "./judge-stop-input";

type MoveStopDialogProps = { readonly position: PositionView; readonly onClose: () => void };

/** What the rest of a position would make from its entry to a price, before costs, quote. */
const resultAt = ({ side, entryPrice, quantity }: PositionView, level: string): string => {
  const move = new Decimal(level).minus(entryPrice).times(quantity);
  return (side === "long" ? move : move.neg()).toFixed();
};

/** Asks where a stop shall be, and says what it comes to. One that protects less has to be agreed to. */
export const MoveStopDialog = ({ position, onClose }: MoveStopDialogProps) => {
  const { id, bot, pair, side, stopLoss, mark, priceDigits } = position;
  const [text, setText] = useState(stopLoss ?? "");
  const [isAgreed, setAgreed] = useState(false);
  const { ask, isPending, error } = useCommand(bot.id, onClose);
  const fieldId = useId();
  const { level, problem, isLooser } = judgeStopInput(position, text);
  const canAsk = level !== null && (!isLooser || isAgreed);
  return (
    <ConfirmDialog
      title={`Move the stop of ${pair} ${side}`}
      confirm="Move it"
      isPending={isPending}
      isReady={canAsk}
      error={error}
      onConfirm={() => {
        if (canAsk) ask({ kind: "move-stop", positionId: id, level, isLooser });
      }}
      onClose={onClose}
    >
      <div className="grid gap-1">
        <label htmlFor={fieldId} className="font-semibold">
          New stop price
        </label>
        <input
          id={fieldId}
          className="field figure"
          inputMode="decimal"
          autoComplete="off"
          value={text}
          aria-invalid={problem !== null}
          aria-describedby={`${fieldId}-note`}
          onChange={(event) => setText(event.target.value)}
        />
        <p id={`${fieldId}-note`} className={problem === null ? "text-muted" : "text-loss"}>
          {problem ??
            `Now ${formatPrice(stopLoss, priceDigits)}, mark ${formatPrice(mark, priceDigits)}. From the next candle on.`}
        </p>
      </div>
      {level !== null && (
        <p>
          If it fills there, the position makes {formatAmount(resultAt(position, level), { isSigned: true })}{" "}
          {bot.currency} from its entry, before costs.
        </p>
      )}
      {isLooser && (
        <label className="flex items-start gap-2">
          <input
            type="checkbox"
            className="mt-0.5 size-4"
            checked={isAgreed}
            onChange={(event) => setAgreed(event.target.checked)}
          />
          <span>This protects less than the present stop. I want that.</span>
        </label>
      )}
    </ConfirmDialog>
  );
};
