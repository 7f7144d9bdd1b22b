import { Decimal } from "decimal.js";
import { formatAmount } from "../format/format-amount";
import { Cell } from "../ui/table";

const DIGITS_MIN = 2;

/** An amount of the ledger in the column of its sign, with all its digits. */
export const DebitCredit = ({ amount }: { readonly amount: string }) => {
  const value = new Decimal(amount);
  const text = formatAmount(amount, { digits: Math.max(DIGITS_MIN, value.decimalPlaces()), isSigned: true });
  return (
    <>
      <Cell isNumber>{value.isNegative() ? "" : text}</Cell>
      <Cell isNumber>{value.isNegative() ? text : ""}</Cell>
    </>
  );
};
