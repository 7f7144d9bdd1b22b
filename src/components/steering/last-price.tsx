"use client";

import { formatPrice } from "~/components/format/format-amount";
import { MarketAge } from "~/components/trading/market-age";
import type { ProposalView } from "~/contracts/proposal-view";

/** The price that is known of a proposal's market, how old it is, and whether it may still be entered at it. */
export const LastPrice = ({ proposal }: { readonly proposal: ProposalView }) => {
  const { price, priceAt, isWithinBand, priceDigits, bot, state } = proposal;
  // One that is being placed is judged by the price of its run.
  if (state !== "proposed") return null;
  if (price === null || priceAt === null) {
    return <span className="text-muted">No price of its market is known yet.</span>;
  }
  return (
    <>
      Last price <span className="figure">{formatPrice(price, priceDigits)}</span> of{" "}
      <MarketAge at={priceAt} venueId={bot.venueId} />,{" "}
      {isWithinBand === true ? "within the band." : <span className="text-warn">outside the band: it ends.</span>}
    </>
  );
};
