import { formatUtc } from "../format/format-time";

type VenueTimeProps = { readonly at: Date | null; readonly withSeconds?: boolean; readonly absent?: string };

/** An instant of a venue's time, in UTC: machine-readable, and exact in its title. */
export const VenueTime = ({ at, withSeconds = false, absent = "—" }: VenueTimeProps) =>
  at === null ? (
    <span className="text-muted">{absent}</span>
  ) : (
    <time dateTime={at.toISOString()} title={`${at.toISOString()} (UTC)`} className="figure whitespace-nowrap">
      {formatUtc(at, withSeconds)}
    </time>
  );
