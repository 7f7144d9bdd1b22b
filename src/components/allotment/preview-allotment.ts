import type { AllotmentChange, AllotmentView } from "~/contracts/allotment";
import { decimal, toPlain } from "~/trading/money";
import { freeAfter } from "~/trading/portfolio/account-flow";
import { formatAmount, formatExact } from "../format/format-amount";
import { describeShortfall } from "./describe-shortfall";

export type AllotmentPreview = {
  /** Whether it can be done as it stands. */
  readonly isReady: boolean;
  readonly text: string;
};

const AMOUNT = /^\d{1,12}(\.\d{1,8})?$/;

const refuse = (text: string): AllotmentPreview => ({ isReady: false, text });
const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;

/** The most that can be moved so; null: it is not known. */
const mostOf = ({ free, returnable }: Pick<AllotmentView, "free" | "returnable">, change: AllotmentChange) =>
  change === "give" ? free : returnable.most;

type Wish = { readonly change: AllotmentChange; readonly typed: string };

const CAN: Readonly<Record<AllotmentChange, string>> = { give: "can be given", take: "can be taken back" };

/** Why an amount as it stands in the form is none that can be moved; null: it can. */
const faultOf = (typed: string, most: string, can: string): string | null => {
  if (typed === "") return `Up to ${can} now.`;
  if (!AMOUNT.test(typed)) return "Enter an amount such as 10000 or 499.5.";
  if (decimal(typed).lte(0)) return "Enter an amount above 0.";
  return decimal(typed).gt(most) ? `Only ${can}: enter at most that.` : null;
};

/** What a bot and its account will have, before it is asked. `typed`: the amount as it stands in the form. */
export const previewAllotment = (view: AllotmentView, { change, typed }: Wish): AllotmentPreview => {
  const { currency, allotment, free, shortfall, refused } = view;
  const refusal = refused[change];
  const most = mostOf(view, change);
  if (refusal !== null || most === null || free === null || shortfall === null) {
    return refuse(sentence(refusal ?? "It is not known"));
  }
  const fault = faultOf(typed.trim(), most, `${formatExact(most)} ${currency} ${CAN[change]}`);
  if (fault !== null) return refuse(fault);
  const amount = decimal(typed.trim());
  const moved = change === "give" ? amount : amount.neg();
  const after = formatAmount(toPlain(decimal(allotment).plus(moved)));
  const left = freeAfter({ free: decimal(free), shortfall: decimal(shortfall) }, moved.neg());
  const made = change === "take" ? describeShortfall({ shortfall, currency }, toPlain(amount)) : "";
  return {
    isReady: true,
    text: `Allotted afterwards: ${after} ${currency}. Free in the account: ${formatAmount(toPlain(left))} ${currency}.${made}`,
  };
};

/** Why not all of a bot's cash can be taken back; null: all of it can. */
export const describeKept = ({
  currency,
  returnable,
}: Pick<AllotmentView, "currency" | "returnable">): string | null => {
  const { cash, reserved, exitFees, openLoss, kept } = returnable;
  const parts = [
    [reserved, "is reserved for entries still to come"],
    [exitFees, "is what closing its positions would cost"],
    [openLoss, "is what they have lost so far"],
    [kept, "stays until it is archived: its gains, or the 1 that a bot keeps"],
  ] as const;
  const told = parts.flatMap(([amount, why]) => (decimal(amount).gt(0) ? [`${formatAmount(amount)} ${why}`] : []));
  return told.length === 0 ? null : `Its cash is ${formatAmount(cash)} ${currency}. Of that, ${told.join("; ")}.`;
};
