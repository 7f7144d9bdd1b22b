import type { ReactNode } from "react";
import { formatUtc } from "../format/format-time";

type ChartReadoutProps = {
  /** Seconds; null: there is no point. */
  readonly time: number | null;
  readonly values: readonly { readonly name: string; readonly value: ReactNode }[];
};

const MS = 1000;

/** The values of a chart at one time. Its height does not depend on them. */
export const ChartReadout = ({ time, values }: ChartReadoutProps) => (
  <dl className="flex min-h-10 flex-wrap content-start gap-x-4 text-sm sm:min-h-5">
    <div className="figure">
      <dt className="sr-only">Time</dt>
      <dd className="whitespace-nowrap">{time === null ? "—" : `${formatUtc(new Date(time * MS))} UTC`}</dd>
    </div>
    {values.map(({ name, value }) => (
      <div key={name} className="flex gap-1.5">
        <dt className="text-muted">{name}</dt>
        <dd className="figure whitespace-nowrap">{value}</dd>
      </div>
    ))}
  </dl>
);
