import { Decimal } from "decimal.js";
import { formatAmount } from "../format/format-amount";
import { Cell } from "../ui/table";
import { digitsOfSum, SHOWN_DIGITS } from "./sum-terms";

type DebitCreditProps = { readonly amount: string; readonly isExact: boolean };

/** An amount of the ledger in the column of its sign; the exact one is in its title. */
export const DebitCredit = ({ amount, isExact }: DebitCreditProps) => {
  const value = new Decimal(amount);
  const digits = isExact ? digitsOfSum([amount]) : SHOWN_DIGITS;
  const text = <span title={amount}>{formatAmount(amount, { digits, isSigned: true })}</span>;
  return (
    <>
      <Cell isNumber>{value.isNegative() ? "" : text}</Cell>
      <Cell isNumber>{value.isNegative() ? text : ""}</Cell>
    </>
  );
};
