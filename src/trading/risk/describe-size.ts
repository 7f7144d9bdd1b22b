import { formatMoney, formatShare, formatShort } from "../format-number";
import { decimal, type DecimalInput } from "../money";
import type { SizeSteps } from "./basis/size-steps";
import { RULE_BOOK } from "./risk-rules";

const SHARE_OF: Record<SizeSteps["of"], string> = {
  margin: "of equity as margin",
  value: "of equity as value",
  risk: "of equity at risk",
};

/** Whether the order ended smaller than wanted, and by what. A lot less is no cut. */
type Outcome = { readonly rule: string | null };

/** How an entry's size came about, in one sentence without full stop. */
export const describeSize = ({ share, of, factor, basis, wanted }: SizeSteps, { rule }: Outcome): string => {
  const scaled = factor === null ? "" : `, times ${formatShort(factor)} for its score`;
  const measured = basis === null ? "" : ` (${basis})`;
  const limit = rule === null ? undefined : RULE_BOOK.ruleOf(rule)?.resizedTo;
  const cut = limit === undefined ? "" : `, cut to the limit of ${limit}`;
  return `${formatShare(share)} ${SHARE_OF[of]}${measured}${scaled}: ${formatOrder(wanted)}${cut}`;
};

const formatOrder = (value: DecimalInput): string => `an order of ${formatMoney(decimal(value))}`;
