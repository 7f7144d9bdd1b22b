import type { MessagesAnswer } from "./messages-answer";

/** What the model says. `reply`: a good answer; with `input` that instead of the trader's. */
type Speech =
  | { readonly kind: "reply"; readonly input?: unknown }
  | {
      readonly kind: "obey-attacker" | "other-tool" | "two-calls" | "prose" | "refusal" | "cut-at-length" | "no-usage";
    };

/** What becomes of the answer on its way. */
type WayFault = {
  readonly kind:
    /** No header, until the client leaves. */
    | "silence"
    /** Headers at once, then a byte now and then without an end. */
    | "dripping-body"
    | "endless-body"
    /** A gateway's page with status 200. */
    | "page"
    | "cut-json"
    | "other-json"
    /** The connection breaks: before the headers, or amid the body. */
    | "reset"
    | "broken-body"
    /** Of a stream only. */
    | "cut-stream"
    | "stream-error";
};

/**
 * How a request is answered. `turned-away`: before a model reads it, so that it is not charged. All else may be charged,
 * also when no reply arrives.
 */
export type Behaviour =
  Speech | WayFault | { readonly kind: "turned-away" | "failed"; readonly answer: MessagesAnswer };

export const mayBePaid = ({ kind }: Behaviour): boolean => kind !== "turned-away";
