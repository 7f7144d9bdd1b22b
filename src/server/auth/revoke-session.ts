import type { Ports } from "../ports";
import { sessionIdOf } from "./session-token";

/** Ends the session of a cookie's token at once and for good. Harmless when there is none. */
export const revokeSession = async (ports: Pick<Ports, "db" | "wallNow">, token: string): Promise<void> => {
  await ports.db.session.updateMany({
    where: { id: sessionIdOf(token), revokedAt: null },
    data: { revokedAt: new Date(ports.wallNow()) },
  });
};
