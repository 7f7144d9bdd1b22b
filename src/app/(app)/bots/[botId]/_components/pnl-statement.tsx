"use client";

import { AllDigits } from "~/components/trading/all-digits";
import { fundingName } from "~/components/trading/funding-name";
import { digitsOfSum, negated, SHOWN_DIGITS } from "~/components/trading/sum-terms";
import { Decimal } from "decimal.js";
import Link from "next/link";
import { useState } from "react";
import { formatAmount } from "~/components/format/format-amount";
import { tellingDigits } from "~/components/format/telling-digits";
import type { BotRow } from "~/contracts/bot-row";
import { ledgerHref, viewHref, type BotHref } from "./views";

type BotPnl = NonNullable<BotRow["pnl"]>;
/** The vendor is paid in dollars, outside of the account. */
const MODEL_COST = "Model cost, a dollar counted as one USDT";

type Line = { readonly name: string; readonly value: string; readonly href: BotHref; readonly isSum?: boolean };

const modelLines = (botId: string, total: string, cost: string | null): readonly Line[] =>
  cost === null
    ? []
    : [
        { name: MODEL_COST, value: negated(cost), href: `${ledgerHref(botId)}?account=modelCost` },
        {
          name: "= After model cost",
          value: new Decimal(total).minus(cost).toFixed(),
          href: ledgerHref(botId),
          isSum: true,
        },
      ];

const linesOf = (botId: string, { closed, isFundingKnown, ...pnl }: BotPnl): readonly Line[] => {
  const trades = viewHref(botId, "trades");
  const positions = viewHref(botId, "positions");
  const ledger = ledgerHref(botId);
  return [
    { name: "Gross of closed trades, at reference prices", value: closed.gross, href: trades },
    { name: "Slippage", value: negated(closed.slippage), href: trades },
    { name: "Fees", value: negated(closed.fees), href: `${ledger}?account=fees` },
    { name: fundingName(closed.funding, isFundingKnown), value: closed.funding, href: `${ledger}?account=funding` },
    { name: "= Net of closed trades", value: closed.net, href: trades, isSum: true },
    { name: "Unrealised, open positions", value: pnl.unrealized, href: positions },
    ...(Number(pnl.openRealized) === 0
      ? []
      : [{ name: "Parts that left open positions", value: pnl.openRealized, href: positions }]),
    { name: "Fees of open positions so far", value: negated(pnl.openFees), href: positions },
    ...(Number(pnl.openFunding) === 0
      ? []
      : [{ name: "Funding of open positions", value: pnl.openFunding, href: `${ledger}?account=funding` as const }]),
    { name: "= Total P&L", value: pnl.total, href: ledger, isSum: true },
  ];
};

type PnlStatementProps = {
  readonly botId: string;
  readonly pnl: BotPnl;
  /** Null: it asked no model. */
  readonly modelCost: string | null;
  readonly currency: string;
};

/** What a bot's result is made of, as a sum that a reader can check, with all digits to the last one. */
export const PnlStatement = ({ botId, pnl, modelCost, currency }: PnlStatementProps) => {
  const lines = [...linesOf(botId, pnl), ...modelLines(botId, pnl.total, modelCost)];
  const [isExact, setExact] = useState(false);
  const digits = isExact ? digitsOfSum(lines.map(({ value }) => value)) : SHOWN_DIGITS;
  return (
    <div>
      <dl aria-label={`P&L in ${currency}`} className="text-sm">
        {lines.map(({ name, value, href, isSum = false }) => (
          <div
            key={name}
            className={`flex flex-wrap items-center justify-between gap-x-4 border-t py-1 first:border-t-0 ${isSum ? "border-line-strong font-semibold" : "border-line"}`}
          >
            <dt className={isSum ? "" : "text-muted"}>
              <Link href={href} className="inline-flex min-h-6 items-center hover:underline">
                {name}
              </Link>
            </dt>
            <dd className="figure ml-auto whitespace-nowrap" title={value}>
              {/* A model may cost less than a cent, and never nothing. */}
              {formatAmount(value, { digits: tellingDigits(value, digits), isSigned: true })}{" "}
              <span className="text-muted">{currency}</span>
            </dd>
          </div>
        ))}
      </dl>
      <p className="mt-1 text-right">
        <AllDigits isOn={isExact} onChange={setExact} />
      </p>
    </div>
  );
};
