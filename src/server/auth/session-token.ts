import { createHash, randomBytes } from "node:crypto";

/** What a session cookie carries: 256 random bits. */
export const newSessionToken = (): string => randomBytes(32).toString("base64url");

/** The id under which a session is stored. The token is random, so a plain hash cannot be guessed back. */
export const sessionIdOf = (token: string): string => createHash("sha256").update(token).digest("hex");
