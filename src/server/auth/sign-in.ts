import { credentialsSchema } from "~/contracts/credentials";
import type { Ports } from "../ports";
import { countSignIn, forgiveSignIn } from "./limit-sign-in";
import { openSession } from "./open-session";
import { verifyPassword } from "./password";

export type SignInAttempt = {
  /** As the form sent it. */
  readonly credentials: unknown;
  readonly address: string;
  readonly userAgent: string | null;
};

/** `token` is for the cookie. A refusal does not say whether there is such a user. */
export type SignInOutcome =
  | { readonly outcome: "signed-in"; readonly token: string }
  | { readonly outcome: "refused" }
  | { readonly outcome: "too-many-attempts"; readonly retryAfterSeconds: number };

/** Signs a user in by e-mail and password, and opens a session of its own for each time. */
export const signIn = async (
  ports: Pick<Ports, "db" | "wallNow">,
  { credentials, address, userAgent }: SignInAttempt,
): Promise<SignInOutcome> => {
  const parsed = credentialsSchema.safeParse(credentials);
  if (!parsed.success) return { outcome: "refused" };
  const { email, password } = parsed.data;
  const retryAfterSeconds = await countSignIn(ports.db, { email, address });
  if (retryAfterSeconds > 0) return { outcome: "too-many-attempts", retryAfterSeconds };
  const user = await ports.db.user.findFirst({
    where: { email, archivedAt: null },
    select: { id: true, passwordHash: true },
  });
  const isRight = await verifyPassword(user?.passwordHash ?? null, password);
  if (!user || !isRight) return { outcome: "refused" };
  await forgiveSignIn(ports.db, { email, address });
  return { outcome: "signed-in", token: await openSession(ports, { userId: user.id, userAgent }) };
};
