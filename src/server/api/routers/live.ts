import { tracked } from "@trpc/server";
import { liveCursorSchema } from "~/contracts/live-event";
import { streamLiveEvents } from "../../live/stream-live-events";
import { createRouter, userProcedure } from "../trpc";

export const liveRouter = createRouter({
  /** The one stream of a page: everything of the user's bots, resumed by the last id. */
  events: userProcedure.input(liveCursorSchema).subscription(async function* ({ ctx, input, signal }) {
    const { userId, sessionId } = ctx.session;
    const reader = { userId, sessionId, lastEventId: input.lastEventId, signal };
    for await (const { id, message } of streamLiveEvents(ctx.ports, reader)) yield tracked(id, message);
  }),
});
