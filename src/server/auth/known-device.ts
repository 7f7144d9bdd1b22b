import type { Ports } from "../ports";
import { cookieLine, type AuthSettings } from "./session-cookie";
import { newSessionToken as newDeviceToken, sessionIdOf as hashOf } from "./session-token";

/** A device is known for half a year after its last sign-in; its cookie lives as long. */
const DEVICE_SECONDS = 180 * 86_400;
/** Bounded, because a script that keeps no cookies is another device each time. */
const DEVICES_PER_USER = 20;

export type KnownDevice = { readonly userId: string; readonly tokenHash: string };

const known = (now: number) => ({ lastUsedAt: { gt: new Date(now - DEVICE_SECONDS * 1000) } });

/** The device of a cookie's token, if this user has signed in from it before; one query for any user. */
export const findKnownDevice = async (
  ports: Pick<Ports, "db" | "wallNow">,
  { email, token }: { readonly email: string; readonly token: string | null },
): Promise<KnownDevice | null> =>
  token === null
    ? null
    : ports.db.knownDevice.findFirst({
        where: { tokenHash: hashOf(token), user: { email, archivedAt: null }, ...known(ports.wallNow()) },
        select: { userId: true, tokenHash: true },
      });

/** Makes a device known to a user who has just proved who it is. Returns the token for its cookie, stored nowhere. */
export const rememberDevice = async (
  { db, wallNow }: Pick<Ports, "db" | "wallNow">,
  userId: string,
): Promise<string> => {
  // Always a new one: a token that somebody else put into this browser must not become this user's.
  const token = newDeviceToken();
  const at = new Date(wallNow());
  await db.knownDevice.create({ data: { userId, tokenHash: hashOf(token), createdAt: at, lastUsedAt: at } });
  const surplus = await db.knownDevice.findMany({
    where: { userId },
    orderBy: { lastUsedAt: "desc" },
    skip: DEVICES_PER_USER,
    select: { tokenHash: true },
  });
  await db.knownDevice.deleteMany({ where: { userId, tokenHash: { in: surplus.map(({ tokenHash }) => tokenHash) } } });
  return token;
};

/** The line that gives a device its token. */
export const deviceCookie = (token: string, settings: Pick<AuthSettings, "publicUrl">): string =>
  cookieLine("device", token, { settings, seconds: DEVICE_SECONDS });

/** A further sign-in from a known device: it stays known, and needs no other token. */
export const keepDevice = async (
  { db, wallNow }: Pick<Ports, "db" | "wallNow">,
  { userId, tokenHash }: KnownDevice,
): Promise<null> => {
  await db.knownDevice.updateMany({ where: { userId, tokenHash }, data: { lastUsedAt: new Date(wallNow()) } });
  return null;
};
