"use client";

import { useState } from "react";
import { formatAmount } from "~/components/format/format-amount";
import { AllDigits } from "~/components/trading/all-digits";
import { DebitCredit } from "~/components/trading/debit-credit";
import { ACCOUNTS, transactionName } from "~/components/trading/ledger-words";
import { HeadCell, Row, RowHead, Table } from "~/components/ui/table";
import { VenueTime } from "~/components/ui/venue-time";
import type { LedgerLine } from "~/contracts/position-view";
import { digitsOfSum, SHOWN_DIGITS } from "~/components/trading/sum-terms";
import { groupTransactions, type LedgerTransaction } from "~/components/trading/group-transactions";

type TransactionProps = { readonly transaction: LedgerTransaction; readonly isExact: boolean };

const Transaction = ({ transaction: { id, postedAt, lines, sum }, isExact }: TransactionProps) => (
  <tbody>
    <tr>
      <th scope="rowgroup" colSpan={3} className="border-y border-line px-4 py-2 text-left font-normal">
        <span className="font-semibold" title={id}>
          {transactionName(id) ?? "Posting"}
        </span>
        , <VenueTime at={postedAt} withSeconds /> UTC
      </th>
    </tr>
    {lines.map((line) => (
      <Row key={line.id}>
        <RowHead>{ACCOUNTS[line.account].name}</RowHead>
        <DebitCredit amount={line.amount} isExact={isExact} />
      </Row>
    ))}
    <tr>
      <th scope="row" className="border-t border-line px-4 py-2 text-left font-semibold">
        Sum
      </th>
      <td colSpan={2} title={sum} className="figure border-t border-line px-4 py-2 text-right font-semibold">
        = {formatAmount(sum, { digits: isExact ? digitsOfSum([sum]) : SHOWN_DIGITS })}
      </td>
    </tr>
  </tbody>
);

type TransactionsTableProps = { readonly lines: readonly LedgerLine[]; readonly currency: string };

/** Ledger lines by transaction, each with its sum, which is 0. */
export const TransactionsTable = ({ lines, currency }: TransactionsTableProps) => {
  const [isExact, setExact] = useState(false);
  return (
    <>
      <p className="px-4 pb-1 text-right">
        <AllDigits isOn={isExact} onChange={setExact} />
      </p>
      <Table caption={`Ledger lines in ${currency}, by transaction`} minWidth="min-w-0">
        <thead>
          <tr>
            <HeadCell>Account</HeadCell>
            <HeadCell isNumber>Debit</HeadCell>
            <HeadCell isNumber>Credit</HeadCell>
          </tr>
        </thead>
        {groupTransactions(lines).map((transaction) => (
          <Transaction key={transaction.id} transaction={transaction} isExact={isExact} />
        ))}
      </Table>
    </>
  );
};
