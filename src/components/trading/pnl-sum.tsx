import { fundingName } from "./funding-name";
import { negated } from "./sum-terms";
import type { BotRow } from "~/contracts/bot-row";
import { Pnl } from "../ui/amount";

type BotPnl = NonNullable<BotRow["pnl"]>;

type LineProps = { readonly name: string; readonly value: string; readonly isSum?: boolean };

const Line = ({ name, value, isSum = false }: LineProps) => (
  <div className={`flex justify-between gap-3 py-0.5 ${isSum ? "mt-0.5 border-t border-line font-semibold" : ""}`}>
    <dt className="text-muted">{name}</dt>
    <dd>
      <Pnl value={value} />
    </dd>
  </div>
);

/**
 * What a bot's result is made of, costs with a minus sign: the lines above the total add up to it. The first four are of
 * closed trades, the next ones of open positions.
 */
export const PnlSum = ({
  pnl: { closed, isFundingKnown, unrealized, openRealized, openFees, openFunding, total },
}: {
  readonly pnl: BotPnl;
}) => (
  <dl className="text-left text-xs">
    <Line name="Gross" value={closed.gross} />
    <Line name="Slippage" value={negated(closed.slippage)} />
    <Line name="Fees" value={negated(closed.fees)} />
    <Line name={fundingName(closed.funding, isFundingKnown)} value={closed.funding} />
    <Line name="Unrealised" value={unrealized} />
    {Number(openRealized) !== 0 && <Line name="Parts that left" value={openRealized} />}
    <Line name="Fees, open" value={negated(openFees)} />
    {Number(openFunding) !== 0 && <Line name="Funding, open" value={openFunding} />}
    <Line name="Total" value={total} isSum />
  </dl>
);
