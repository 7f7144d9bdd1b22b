import { cron } from "inngest";
import { closeDelisted } from "~/server/cycle/close-delisted";
import type { Ports } from "~/server/runtime";
import { watchVenues } from "~/server/venues/watch-venues";
import type { InngestClient } from "../client";

/**
 * Every minute: checks that the venues that bots trade on answer, and closes what was left in markets that they do not
 * list any more. No retry: the next check comes soon.
 */
export const createWatchVenues = (inngest: InngestClient, ports: Ports) =>
  inngest.createFunction(
    { id: "watch-venues", triggers: [cron("* * * * *")], singleton: { mode: "skip" }, retries: 0 },
    ({ step }) =>
      step.run("watch-venues", async () => ({ ...(await watchVenues(ports)), ...(await closeDelisted(ports)) })),
  );
