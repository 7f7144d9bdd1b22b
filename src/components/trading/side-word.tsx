const ARROWS = { long: "↗", short: "↘" } as const;

/** Which way a position bets: by word and by arrow. Not in the colours of gain and loss. */
export const SideWord = ({ side }: { readonly side: "long" | "short" }) => (
  <span className="whitespace-nowrap">
    <span aria-hidden="true" className="text-muted">
      {ARROWS[side]}
    </span>{" "}
    {side}
  </span>
);
