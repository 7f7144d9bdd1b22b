import { getTRPCErrorFromUnknown, tracked } from "@trpc/server";
import { liveCursorSchema } from "~/contracts/live-event";
import { streamLiveEvents } from "../../live/stream-live-events";
import { translateError } from "../translate-error";
import { createRouter, userProcedure } from "../trpc";

export const liveRouter = createRouter({
  /** The one stream of a page: everything of the user's bots, resumed by the last id. */
  events: userProcedure.input(liveCursorSchema).subscription(async function* ({ ctx, input, signal }) {
    const { userId, sessionId } = ctx.session;
    const reader = { userId, sessionId, lastEventId: input.lastEventId, signal };
    try {
      for await (const { id, message } of streamLiveEvents(ctx.ports, reader)) yield tracked(id, message);
    } catch (error) {
      // It comes while the stream runs, after the procedure has answered.
      throw translateError(getTRPCErrorFromUnknown(error));
    }
  }),
});
