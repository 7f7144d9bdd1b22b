import Link from "next/link";
import type { CandleChart } from "~/contracts/chart-view";
import { describeLevels } from "./describe-candles";

const Key = ({ sign, tone, children }: { readonly sign: string; readonly tone: string; readonly children: string }) => (
  <li className="flex items-center gap-1.5">
    <span aria-hidden="true" className={tone}>
      {sign}
    </span>
    {children}
  </li>
);

/** What the signs on the candles mean, and which position the lines belong to. */
export const MarkKey = ({ view: { position, priceDigits } }: { readonly view: CandleChart }) => (
  <ul className="flex min-h-6 flex-wrap items-center gap-x-4 text-sm text-muted">
    <Key sign="▲" tone="text-accent">
      long entry
    </Key>
    <Key sign="▼" tone="text-accent">
      short entry
    </Key>
    <Key sign="■" tone="text-ink">
      exit, its reason and net result
    </Key>
    <Key sign="●" tone="text-warn">
      refused
    </Key>
    {/* Its height is reserved while no position is open. */}
    <li className="min-h-16 w-full sm:min-h-11 lg:min-h-6">
      {position && (
        <>
          Lines:{" "}
          <Link href={`/positions/${position.id}`} className="link inline-flex min-h-6 items-center">
            the open {position.side}
          </Link>
          , <span className="figure">{describeLevels(position, priceDigits)}</span>
        </>
      )}
    </li>
  </ul>
);
