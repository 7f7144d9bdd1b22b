"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { VENUE_SPEEDS } from "~/contracts/choices";
import type { VenueView } from "~/contracts/venue-view";
import { errorWords } from "~/trpc/error-words";
import { useTRPC } from "~/trpc/react";

const nameOf = (speed: number): string => (speed === 0 ? "Pause" : `${speed}×`);

/** Sets how fast a simulated market's clock runs. What is chosen is shown once the server has set it. */
export const SpeedControl = ({ venue }: { readonly venue: VenueView }) => {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const setSpeed = useMutation(
    trpc.venues.setSpeed.mutationOptions({
      onSettled: () => queryClient.invalidateQueries({ queryKey: trpc.venues.list.queryKey() }),
    }),
  );
  const speed = venue.clock?.speed ?? 0;
  const refusal = venue.speedRefusal;
  return (
    <fieldset className="flex flex-wrap items-center gap-1" disabled={setSpeed.isPending || refusal !== null}>
      <legend className="sr-only">Speed of the simulated market</legend>
      {VENUE_SPEEDS.map((offered) => (
        <button
          key={offered}
          type="button"
          aria-pressed={offered === speed}
          onClick={() => setSpeed.mutate({ venueId: venue.id, speed: offered })}
          className={`h-7 min-w-10 rounded-sm border px-1.5 text-xs font-semibold ${offered === speed ? "border-demo bg-demo text-canvas" : "border-demo/50 text-demo enabled:hover:border-demo"} ${refusal === null ? "" : "cursor-not-allowed opacity-60"}`}
          title={refusal ?? undefined}
        >
          {nameOf(offered)}
        </button>
      ))}
      {refusal !== null && (
        <span className="text-xs" title={refusal}>
          <span aria-hidden="true">Set by an administrator</span>
          <span className="sr-only">{refusal}</span>
        </span>
      )}
      {setSpeed.isError && (
        <span role="alert" className="text-sm text-loss">
          {errorWords(setSpeed.error)}
        </span>
      )}
    </fieldset>
  );
};
