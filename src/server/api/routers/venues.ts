import { z } from "zod";
import { setVenueSpeedSchema, venueViewSchema } from "~/contracts/venue-view";
import { getVenue, listVenues } from "../../views/venues/list-venues";
import { setVenueSpeed } from "../../venues/set-venue-speed";
import { createRouter, userProcedure } from "../procedure/trpc";

export const venuesRouter = createRouter({
  list: userProcedure
    .output(z.array(venueViewSchema))
    .query(({ ctx: { ports, session } }) => listVenues(ports, session.userId)),
  setSpeed: userProcedure
    .input(setVenueSpeedSchema)
    .output(venueViewSchema)
    .mutation(async ({ ctx: { ports, session }, input }) => {
      const { userId } = session;
      await setVenueSpeed(ports, { userId, ...input });
      return getVenue(ports, { userId, venueId: input.venueId });
    }),
});
