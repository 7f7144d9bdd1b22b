/** The part of the generated client that verbs may use: SQL pieces and row types. */
export { Prisma } from "./generated/client";
export type { MarketSnapshot, ModelCall } from "./generated/client";
