import { lookAtPage, type LookedPage } from "~/server/looks/look-at-page";
import type { Ports } from "~/server/runtime";
import { toCycleEvent } from "../announce-cycles";
import type { InngestClient } from "../client";
import { slotDue } from "../events";
import { sendEvents } from "../send-events";

const FIRST_ID = "00000000-0000-0000-0000-000000000000";
/** Together more than 100,000 bots. */
const PAGES_MAX = 500;
/** How often bots that another had locked are looked at again, and after how long. */
const ROUNDS_MAX = 5;
const AGAIN_AFTER_MS = 1000;

/**
 * Looks at all of a venue's bots that are due at a slot, page by page. Most slots bring a bot nothing but new marks:
 * those the look covers itself, for a whole page in few statements. Every other bot is announced for a run of its own.
 */
export const createLookAtSlot = (inngest: InngestClient, ports: Ports) =>
  inngest.createFunction({ id: "look-at-slot", triggers: [slotDue], retries: 3 }, async ({ event, step }) => {
    const { venueId, slot } = event.data;
    let [covered, planned, left] = [0, 0, 0];
    for (let round = 0; round < ROUNDS_MAX; round++) {
      left = 0;
      let after: string | null = FIRST_ID;
      for (let page = 0; page < PAGES_MAX && after !== null; page++) {
        const from: string = after;
        const looked: LookedPage = await step.run(`look-${round}-${page}`, () =>
          lookAtPage(ports, { venueId, slot: Date.parse(slot), after: from }),
        );
        const runs = looked.planned.map(toCycleEvent);
        await sendEvents((id, request) => step.sendEvent(id, request), `announce-${round}-${page}`, runs);
        covered += looked.covered;
        planned += runs.length;
        left += looked.left;
        after = looked.next;
      }
      if (left === 0) break;
      await step.sleep(`wait-${round}`, AGAIN_AFTER_MS);
    }
    return { covered, planned, left };
  });
