import { z } from "zod";
import type { ModelReply } from "./read-answer";

const bodySchema = z.object({ stop_reason: z.string().nullish(), content: z.array(z.unknown()) });

const parse = (raw: string): unknown => {
  try {
    return JSON.parse(raw);
  } catch {
    return null;
  }
};

/** A reply of the Messages API as it is read, of its body as it came; a body that is none is a reply of nothing. */
export const readReplyBody = (raw: string): ModelReply => {
  const body = bodySchema.safeParse(parse(raw));
  return body.success
    ? { stopReason: body.data.stop_reason ?? null, content: body.data.content }
    : { stopReason: null, content: [] };
};
