import { formatAmount, formatExact, formatPercent, formatPrice, signOf, UNKNOWN } from "../format/format-amount";

const TONE = { "-1": "text-loss", "0": "text-muted", "1": "text-gain" } as const;
const ARROW = { "-1": "▼", "0": "", "1": "▲" } as const;

type AmountProps = {
  readonly value: string | null;
  readonly currency?: string;
  readonly digits?: number;
};

/** Money: grouped, in tabular figures, its currency in a quieter tone. The exact value is in its title. */
export const Amount = ({ value, currency, digits = 2 }: AmountProps) => (
  <span className="figure whitespace-nowrap" title={value ?? "unknown"}>
    {formatAmount(value, { digits })}
    {currency !== undefined && value !== null && <span className="text-muted"> {currency}</span>}
  </span>
);

type PriceProps = {
  readonly value: string | null;
  /** Digits after the point of the market's prices. */
  readonly digits: number;
};

/** A price on its market's tick. The exact value is in its title. */
export const Price = ({ value, digits }: PriceProps) => (
  <span className="figure whitespace-nowrap" title={value ?? "unknown"}>
    {formatPrice(value, digits)}
  </span>
);

/** A quantity with all its digits. */
export const Exact = ({ value }: { readonly value: string | null }) => (
  <span className="figure whitespace-nowrap">{formatExact(value)}</span>
);

/** A result: told by sign, arrow and colour. */
export const Pnl = ({ value, currency, digits = 2 }: AmountProps) => {
  const sign = signOf(value, digits);
  return (
    <span className={`figure whitespace-nowrap ${TONE[sign]}`} title={value ?? "unknown"}>
      {sign !== 0 && (
        <span aria-hidden="true" className="mr-1 text-[0.7em] leading-none">
          {ARROW[sign]}
        </span>
      )}
      {formatAmount(value, { digits, isSigned: true })}
      {currency !== undefined && value !== null && <span className="text-muted"> {currency}</span>}
    </span>
  );
};

/** A change as percent, told like a result. */
export const PnlPercent = ({ value, digits = 2 }: { readonly value: number | null; readonly digits?: number }) => {
  if (value === null) return <span className="text-muted">{UNKNOWN}</span>;
  // A fraction: its percent has two digits more.
  const sign = signOf(value, digits + 2);
  return (
    <span className={`figure whitespace-nowrap ${TONE[sign]}`}>
      {sign !== 0 && (
        <span aria-hidden="true" className="mr-1 text-[0.7em] leading-none">
          {ARROW[sign]}
        </span>
      )}
      {formatPercent(value, { digits, isSigned: true })}
    </span>
  );
};
