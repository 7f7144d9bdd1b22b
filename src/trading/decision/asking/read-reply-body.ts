import { z } from "zod";
import type { ReplyBody } from "../../model/read-tool-call";

const bodySchema = z.object({ stop_reason: z.string().nullish(), content: z.array(z.unknown()) });

/** As JSON.stringify writes them: half of a character, and NUL, which nobody stores; a backslash is none of them. */
const UNREADABLE = /\\\\|\\u0000|\\ud[89a-f][0-9a-f]{2}/g;
const REPLACEMENT = "\uFFFD";

const parse = (raw: string): unknown => {
  try {
    const again = JSON.stringify(JSON.parse(raw));
    return JSON.parse(again.replace(UNREADABLE, (found) => (found === "\\\\" ? found : REPLACEMENT)));
  } catch {
    return null;
  }
};

/**
 * A reply of the Messages API as it is read, of its body as it came; a body that is none is a reply of nothing. Its texts
 * and names have whole characters only.
 */
export const readReplyBody = (raw: string): ReplyBody => {
  const body = bodySchema.safeParse(parse(raw));
  return body.success
    ? { stopReason: body.data.stop_reason ?? null, content: body.data.content }
    : { stopReason: null, content: [] };
};
