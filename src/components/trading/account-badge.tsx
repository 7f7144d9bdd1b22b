import { Badge } from "../ui/badge";

type Account = {
  readonly accountKind: "paper" | "venue-demo" | "live";
  readonly venue: { readonly isSimulated: boolean };
};

/** What kind of money a bot trades: the words and colours of the mode band. */
export const AccountBadge = ({ accountKind, venue }: Account) => {
  if (venue.isSimulated) return <Badge tone="demo">DEMO</Badge>;
  return accountKind === "live" ? <Badge tone="live">LIVE</Badge> : <Badge tone="paper">PAPER</Badge>;
};
