import type { VenueView } from "~/contracts/venue-view";

/** The bands that a user's venues put over a page, the most careful word first: the same that ModeBand shows. */
export const bandsOf = (venues: readonly VenueView[]) => ({
  demo: venues.find(({ isSimulated, state }) => isSimulated && state !== "closed"),
  paper: venues.filter(({ isSimulated }) => !isSimulated),
});

/** What stands before a page's title: "DEMO", "PAPER", both, or nothing without a venue. */
export const bandTitle = (venues: readonly VenueView[]): string => {
  const { demo, paper } = bandsOf(venues);
  return [...(demo ? ["DEMO"] : []), ...(paper.length > 0 ? ["PAPER"] : [])].join(" and ");
};
