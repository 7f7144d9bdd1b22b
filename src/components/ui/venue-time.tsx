import { formatInstant, formatUtc } from "../format/format-time";

type VenueTimeProps = { readonly at: Date | null; readonly withSeconds?: boolean; readonly absent?: string };

/** An instant of a venue's time, in UTC: machine-readable, and to the second in its title. */
export const VenueTime = ({ at, withSeconds = false, absent = "—" }: VenueTimeProps) =>
  at === null ? (
    <span className="text-muted">{absent}</span>
  ) : (
    <time dateTime={at.toISOString()} title={formatInstant(at)} className="figure whitespace-nowrap">
      {formatUtc(at, withSeconds)}
    </time>
  );
