import { isSessionCurrent } from "../auth/find-session";
import { AppError } from "../errors";
import type { Ports } from "../ports";
import type { Cells } from "./columns";

/**
 * The pages of an export for as long as the session that asked for it lasts: a reader may take hours, and who was
 * signed out or blocked meanwhile gets nothing more. Throws AppError there.
 */
export async function* whileSignedIn(
  ports: Pick<Ports, "db" | "wallNow">,
  sessionId: string,
  pages: AsyncGenerator<Cells[], void>,
): AsyncGenerator<Cells[], void> {
  for await (const page of pages) {
    if (!(await isSessionCurrent(ports, sessionId))) {
      throw new AppError("conflict", "This file breaks off: the session that asked for it has ended.");
    }
    yield page;
  }
}
