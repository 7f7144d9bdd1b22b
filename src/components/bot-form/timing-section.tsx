"use client";

import { Panel } from "~/components/ui/panel";
import type { VenueChoice } from "~/contracts/new-bot";
import { NumberField } from "./fields";

/** How often it looks. */
export const TimingSection = ({ venue }: { readonly venue: VenueChoice }) => (
  <Panel
    title="Timing"
    note={
      venue.isSimulated
        ? `In time of ${venue.title}: at least ${Math.ceil(venue.intervalSecondsMin / 60)} minutes at the speed that it runs now.`
        : "Stops and targets are watched in between too."
    }
  >
    <NumberField path="intervalSeconds" label="Interval" unit="min" suffix="minutes" words={["Trading", "Interval"]} />
  </Panel>
);
