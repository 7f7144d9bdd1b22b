/** Exported by nobody: an own id can only be made by a cast, and casts outside this folder are counted. */
declare const own: unique symbol;

type Kind = "account" | "allotment" | "bot" | "cycle" | "flow" | "position" | "proposal";

/**
 * The id of something that the asking user was found to own, or that only this user can name. A text that merely came
 * with a request is none.
 */
export type OwnId<Of extends Kind> = string & { readonly [own]: Of };

export type OwnBotId = OwnId<"bot">;
export type OwnPositionId = OwnId<"position">;
