import { getTRPCErrorFromUnknown, tracked } from "@trpc/server";
import { liveCursorSchema } from "~/contracts/live-event";
import { streamLiveEvents } from "../../views/stream/stream-live-events";
import { translateError } from "../procedure/translate-error";
import { withPulse } from "../../views/stream/with-pulse";
import { createRouter, userProcedure } from "../procedure/trpc";

export const liveRouter = createRouter({
  /** The one stream of a page: everything of the user's bots, resumed by the last id, and a pulse each second. */
  events: userProcedure.input(liveCursorSchema).subscription(async function* ({ ctx, input, signal }) {
    const { userId, sessionId } = ctx.session;
    const open = (lastEventId: string | undefined) =>
      streamLiveEvents(ctx.ports, { userId, sessionId, lastEventId, signal });
    const { pulse } = ctx.ports;
    try {
      for await (const told of withPulse({ open, lastEventId: input.lastEventId, pulse, signal })) {
        yield "kind" in told ? told : tracked(told.id, told.message);
      }
    } catch (error) {
      // It comes while the stream runs, after the procedure has answered.
      throw translateError(getTRPCErrorFromUnknown(error));
    }
  }),
});
