import type { z } from "zod";
import { credentialsSchema } from "~/contracts/credentials";
import type { Ports } from "../ports";
import { findKnownDevice, keepDevice, rememberDevice } from "./known-device";
import { countSignIn, forgiveSignIn, type Trier } from "./limit-sign-in";
import { openSession } from "./open-session";
import { verifyPassword } from "./password";

type Credentials = z.infer<typeof credentialsSchema>;

/** Where a try comes from. */
export type Visitor = {
  /** Null: unknown. */
  readonly address: string | null;
  readonly userAgent: string | null;
  /** What the device's own cookie carries; none: it has no such cookie. */
  readonly deviceToken?: string | null;
};

export type SignInAttempt = Visitor & {
  /** As the form sent it. */
  readonly credentials: unknown;
};

/**
 * `token` is for the session's cookie, `deviceToken` for the device's; null: it has one already. A refusal does not say
 * whether there is such a user.
 */
export type SignInOutcome =
  | { readonly outcome: "signed-in"; readonly token: string; readonly deviceToken: string | null }
  | { readonly outcome: "refused" }
  | { readonly outcome: "too-many-attempts"; readonly retryAfterSeconds: number };

/** The user with this e-mail and password. Takes as long for an unknown e-mail. */
const findUser = async (
  { db }: Pick<Ports, "db">,
  { email, password }: Credentials,
): Promise<{ readonly id: string } | null> => {
  const user = await db.user.findFirst({
    where: { email, archivedAt: null },
    select: { id: true, passwordHash: true },
  });
  const isRight = await verifyPassword(user?.passwordHash ?? null, password);
  return isRight ? user : null;
};

/** Signs a user in by e-mail and password; each sign-in opens its own session. */
export const signIn = async (
  ports: Pick<Ports, "db" | "wallNow">,
  { credentials, address, userAgent, deviceToken = null }: SignInAttempt,
): Promise<SignInOutcome> => {
  const parsed = credentialsSchema.safeParse(credentials);
  if (!parsed.success) return { outcome: "refused" };
  const { email } = parsed.data;
  const device = await findKnownDevice(ports, { email, token: deviceToken });
  const trier: Trier = device ? { kind: "known-device", device } : { kind: "stranger", email, address };
  const retryAfterSeconds = await countSignIn(ports.db, trier);
  if (retryAfterSeconds > 0) return { outcome: "too-many-attempts", retryAfterSeconds };
  const user = await findUser(ports, parsed.data);
  if (!user) return { outcome: "refused" };
  await forgiveSignIn(ports.db, trier);
  const newDevice = device ? await keepDevice(ports, device) : await rememberDevice(ports, user.id);
  const token = await openSession(ports, { userId: user.id, userAgent });
  return { outcome: "signed-in", token, deviceToken: newDevice };
};
