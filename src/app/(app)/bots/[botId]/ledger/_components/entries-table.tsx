import { DebitCredit } from "~/components/trading/debit-credit";
import { groupTransactions, type LedgerTransaction } from "~/components/trading/group-transactions";
import { ACCOUNTS, transactionName } from "~/components/trading/ledger-words";
import { CellLink } from "~/components/ui/cell-link";
import { HeadCell, Table } from "~/components/ui/table";
import { VenueTime } from "~/components/ui/venue-time";
import type { LedgerLine } from "~/contracts/position-view";

type TransactionProps = { readonly transaction: LedgerTransaction };
type ExactProps = {
  /** All digits of each amount, not two. */
  readonly isExact: boolean;
};

/** What a transaction was booked for, as a link to the page with all its lines and their sum. */
const BookedFor = ({ transaction: { id, lines } }: TransactionProps) => {
  const name = transactionName(id) ?? "Posting";
  const positionId = lines.find((line) => line.positionId !== null)?.positionId ?? null;
  return (
    <span title={id}>
      {positionId === null ? (
        name
      ) : (
        <CellLink href={`/positions/${positionId}#ledger`}>{`${name} of a position`}</CellLink>
      )}
    </span>
  );
};

const SHARED = "border-b border-line px-3 py-2 text-left align-top font-normal";

/** The listed lines of one transaction; its time and purpose are shown once. */
const Transaction = ({ transaction, isExact }: TransactionProps & ExactProps) => (
  <tbody>
    {transaction.lines.map((line, index) => (
      <tr key={line.id}>
        {index === 0 && (
          <th scope="rowgroup" rowSpan={transaction.lines.length} className={`${SHARED} pl-4`}>
            <VenueTime at={transaction.postedAt} withSeconds />
          </th>
        )}
        <td className="border-b border-line px-3 py-2 whitespace-nowrap">{ACCOUNTS[line.account].name}</td>
        <DebitCredit amount={line.amount} isExact={isExact} />
        {index === 0 && (
          <td rowSpan={transaction.lines.length} className={`${SHARED} pr-4`}>
            <BookedFor transaction={transaction} />
          </td>
        )}
      </tr>
    ))}
  </tbody>
);

/** Lines of the ledger in the order given; debit and credit in columns of their own. */
export const EntriesTable = ({ lines, isExact }: ExactProps & { readonly lines: readonly LedgerLine[] }) => (
  <Table caption="Ledger entries, newest first" minWidth="min-w-[46rem]">
    <thead>
      <tr>
        <HeadCell>Posted (UTC)</HeadCell>
        <HeadCell>Account</HeadCell>
        <HeadCell isNumber>Debit</HeadCell>
        <HeadCell isNumber>Credit</HeadCell>
        <HeadCell>Booked for</HeadCell>
      </tr>
    </thead>
    {groupTransactions(lines).map((transaction) => (
      <Transaction key={transaction.id} transaction={transaction} isExact={isExact} />
    ))}
  </Table>
);
