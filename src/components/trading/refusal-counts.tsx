import Link from "next/link";
import type { BotRow } from "~/contracts/bot-row";
import { refusalTitle } from "~/trading/risk/describe-refusal";
import { formatAmount } from "../format/format-amount";

const SHOWN = 3;
/** As high with one rule as with all that are shown, so that the height stays the same. */
const FRAME = "min-h-[5.25rem]";

/** The rules that refused most, with how often; the bot's decisions list every refusal. */
export const RefusalCounts = ({ bot: { id, refusals } }: { readonly bot: Pick<BotRow, "id" | "refusals"> }) => {
  if (refusals.length === 0) return <p className={`${FRAME} text-muted`}>none</p>;
  const total = refusals.reduce((sum, { count }) => sum + count, 0);
  return (
    <div className={FRAME}>
      <ul>
        {refusals.slice(0, SHOWN).map(({ rule, count }) => (
          <li key={rule} className="flex justify-between gap-3">
            <span className="min-w-0 truncate">{refusalTitle(rule)}</span>
            <span className="figure text-muted">{formatAmount(String(count), { digits: 0 })}</span>
          </li>
        ))}
      </ul>
      <Link
        href={`/bots/${id}?view=decisions&filter=refused`}
        className="link inline-flex min-h-6 items-center text-xs"
      >
        {total === 1 ? "The one refusal" : `All ${formatAmount(String(total), { digits: 0 })} refusals`}
      </Link>
    </div>
  );
};
