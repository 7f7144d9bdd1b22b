import { decimal, type Decimal } from "./money";

/** Every kind of venue; the database's enum has the same. */
export const VENUE_KINDS = ["okx", "demo"] as const;
export type VenueKind = (typeof VENUE_KINDS)[number];

/**
 * The price at which a paper account fills an order of a slot (TRADING 6). `slot-open`: the open of the candle that
 * opens at the slot, which a replayed market has; `last-price`: the venue's last price when the slot is read.
 */
type ReferencePricePolicy = "slot-open" | "last-price";

/** Fractions of the order value. */
type FeeRates = { readonly maker: Decimal; readonly taker: Decimal };

export type VenueTraits = {
  /** Its name in words. */
  readonly title: string;
  /** Whether we make its prices and its clock: it can be paused, and its time is not wall time. */
  readonly isSimulated: boolean;
  readonly referencePrice: ReferencePricePolicy;
  /** What a fill costs, the same in risk, paper and backtest. */
  readonly fees: FeeRates;
  /** The pairs of a bot whose trader chose none; null: every pair that the venue lists. */
  readonly pairsDefault: readonly string[] | null;
};

/** OKX swaps, base tier. */
const OKX_FEES: FeeRates = { maker: decimal("0.0002"), taker: decimal("0.0005") };

/** A venue kind is its line here, its adapter in the runtime and a value of the database's enum. */
export const VENUE_CATALOGUE: Readonly<Record<VenueKind, VenueTraits>> = {
  okx: {
    title: "OKX",
    isSimulated: false,
    referencePrice: "last-price",
    fees: OKX_FEES,
    pairsDefault: ["BTC/USDT", "ETH/USDT", "SOL/USDT"],
  },
  demo: {
    title: "the demo market",
    isSimulated: true,
    referencePrice: "slot-open",
    fees: OKX_FEES,
    pairsDefault: null,
  },
};
