import { sumOf, ZERO, type Decimal } from "../money";
import { computeEquity } from "../portfolio/equity";
import { LEDGER_ACCOUNTS } from "../portfolio/ledger";
import { marginOf } from "../portfolio/position";
import type { Books } from "./books";

/** I1: the ledger balances, its margin is that of open positions, and the last equity point adds up and fits them. */
export const equityAddsUp = (books: Books): string[] => {
  const broken = books.unbalancedTransactions.map((id) => `transaction ${id} does not sum to zero`);
  const total = sumOf(LEDGER_ACCOUNTS.map((account) => books.balances[account]));
  if (!total.isZero()) broken.push(`the ledger is off by ${total.toFixed()}`);
  const margin = sumOf(books.openPositions.map((position) => position.margin));
  if (!margin.eq(books.balances.margin)) {
    broken.push(`margin of positions ${margin.toFixed()}, of the ledger ${books.balances.margin.toFixed()}`);
  }
  for (const position of books.openPositions) {
    const due = marginOf(position.entryPrice, position.quantity, position.leverage);
    if (!due.eq(position.margin)) {
      broken.push(`position ${position.id} holds ${position.margin.toFixed()}, not ${due.toFixed()}`);
    }
  }
  return [...broken, ...pointAddsUp(books)];
};

const pointAddsUp = (books: Books): string[] => {
  const last = books.equity.at(-1);
  if (!last) return [];
  const broken = last.equity.eq(last.cash.plus(last.margin).plus(last.unrealizedPnl))
    ? []
    : ["the equity point does not add up"];
  // The guard may have settled after the last point. Then the books are newer than the point and may differ from it.
  const isAtRest =
    (books.postedThrough ?? 0) <= last.at &&
    books.openPositions.every((position) => position.markedAt <= last.at && position.settledThrough <= last.at);
  const now = computeEquity(books.balances, books.openPositions);
  if (isAtRest && !now.equity.eq(last.equity)) {
    broken.push(`equity is ${now.equity.toFixed()}, its point says ${last.equity.toFixed()}`);
  }
  return broken;
};

/** I2: equity moved by realised P&L, unrealised change, fees, funding and transfers, and by nothing else. */
export const equityMovesForAReason = ({ equity, movement }: Books): string[] => {
  const [before, after] = equity;
  if (!before || !after) return [];
  const reasons = sumOf([movement.realizedPnl, movement.fees, movement.funding, movement.capital]).neg();
  const unrealized = after.unrealizedPnl.minus(before.unrealizedPnl);
  const unexplained = after.equity.minus(before.equity).minus(reasons).minus(unrealized);
  return unexplained.eq(ZERO) ? [] : [`equity moved by ${unexplained.toFixed()} without a reason`];
};

const tell = (amount: Decimal | null): string => amount?.toFixed() ?? "none";

/** I15: what is kept of balances, equity points and trades is what they themselves add up to. */
export const keptFiguresAreTheirFold = ({ kept }: Books): string[] =>
  kept
    .filter((figure) => !(figure.kept && figure.fold ? figure.kept.eq(figure.fold) : figure.kept === figure.fold))
    .map((figure) => `${figure.name} is kept as ${tell(figure.kept)}, and comes to ${tell(figure.fold)}`);
