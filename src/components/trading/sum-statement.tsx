"use client";

import { Decimal } from "decimal.js";
import { useState, type ReactNode } from "react";
import { formatAmount } from "../format/format-amount";
import { AllDigits } from "./all-digits";
import { digitsOfSum, SHOWN_DIGITS } from "./sum-terms";

type Line = {
  readonly name: ReactNode;
  /** As it enters the sum: a cost is negative. */
  readonly value: string;
};

type Term = Line & { readonly operator: string };

type SumStatementProps = {
  /** What is summed up, for screen readers. */
  readonly label: string;
  readonly lines: readonly Line[];
  readonly total: Line;
  readonly currency: string;
};

/** An operator stands before every line but the first, which carries its own sign: "a + b − c". */
const inSum = ({ name, value }: Line, index: number): Term => {
  const amount = new Decimal(value);
  if (index === 0) return { name, value, operator: "" };
  return { name, value: amount.abs().toFixed(), operator: amount.isNegative() ? "−" : "+" };
};

/** Lines and the total that they make, under each other: with all their digits a sum that a reader can check. */
export const SumStatement = ({ label, lines, total, currency }: SumStatementProps) => {
  const [isExact, setExact] = useState(false);
  const digits = isExact ? digitsOfSum([...lines, total].map(({ value }) => value)) : SHOWN_DIGITS;
  const row = ({ name, value, operator }: Term) => (
    <>
      <dt className="flex min-h-6 min-w-0 items-center">{name}</dt>
      <dd className="figure ml-auto flex min-h-6 items-center whitespace-nowrap" title={value}>
        <span className="mr-2 text-muted">{operator}</span>
        {formatAmount(value, { digits })}
        <span className="ml-1 text-muted">{currency}</span>
      </dd>
    </>
  );
  return (
    <div className="max-w-xl">
      <dl aria-label={label} className="text-sm">
        {lines.map((line, index) => (
          <div key={index} className="flex flex-wrap justify-between gap-x-4">
            {row(inSum(line, index))}
          </div>
        ))}
        <div className="mt-1 flex flex-wrap justify-between gap-x-4 border-t border-line-strong pt-1 font-semibold">
          {row({ ...total, operator: "=" })}
        </div>
      </dl>
      <p className="mt-1 text-right">
        <AllDigits isOn={isExact} onChange={setExact} />
      </p>
    </div>
  );
};
