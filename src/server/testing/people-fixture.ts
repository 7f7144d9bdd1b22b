import { findSession, type SignedIn } from "../auth/find-session";
import { openSession } from "../auth/open-session";
import type { Ports } from "../ports";

export type Person = SignedIn & { readonly token: string };

/** A user with an open session, made by the verbs. */
export const createPerson = async (
  ports: Pick<Ports, "db" | "newId" | "wallNow">,
  role: "trader" | "admin" = "trader",
): Promise<Person> => {
  const id = ports.newId();
  await ports.db.user.create({ data: { id, email: `${id}@example.org`, role } });
  return signInAgain(ports, id);
};

/** A further session of a user. */
export const signInAgain = async (ports: Pick<Ports, "db" | "wallNow">, userId: string): Promise<Person> => {
  const token = await openSession(ports, { userId, userAgent: "test" });
  const session = await findSession(ports, token);
  if (!session) throw new Error("a session that was just opened is not there");
  return { ...session, token };
};
