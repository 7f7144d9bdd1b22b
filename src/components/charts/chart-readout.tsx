import type { ReactNode } from "react";
import { formatUtc } from "../format/format-time";

type ChartReadoutProps = {
  /** Seconds; null: there is no point. */
  readonly time: number | null;
  readonly values: readonly { readonly name: string; readonly value: ReactNode }[];
  /** What happened then, on lines of its own that are kept free while it is null; absent: the chart tells nothing. */
  readonly story?: { readonly name: string; readonly text: string | null };
};

const MS = 1000;

const Story = ({ name, text }: NonNullable<ChartReadoutProps["story"]>) => (
  <div className="h-15 min-w-0 basis-full sm:h-5">
    {text !== null && (
      <>
        <dt className="sr-only">{name}</dt>
        <dd className="line-clamp-3 sm:line-clamp-1" title={text}>
          <span aria-hidden="true" className="mr-1.5 text-muted">
            {name}
          </span>
          {text}
        </dd>
      </>
    )}
  </div>
);

/** The values of a chart at one time. Its height does not depend on them. */
export const ChartReadout = ({ time, values, story }: ChartReadoutProps) => (
  <dl className="flex min-h-10 min-w-0 flex-wrap content-start gap-x-4 text-sm sm:min-h-5">
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
    {story && <Story {...story} />}
  </dl>
);
