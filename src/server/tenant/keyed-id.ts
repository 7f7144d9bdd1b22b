import { createHash } from "node:crypto";
import type { OwnId } from "./own-id";

const UUID_PARTS = /^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/;

/** The same form of the same user is the same record; nobody else can name it. RFC 9562, version 8. */
export const keyedId = <Of extends "bot" | "account" | "flow" | "allotment">(
  kind: Of,
  { userId, key }: { readonly userId: string; readonly key: string },
): OwnId<Of> => {
  const digest = createHash("sha256").update(`${kind}:${userId}:${key}`).digest("hex");
  return digest.replace(UUID_PARTS, "$1-$2-8$3-8$4-$5") as OwnId<Of>;
};
