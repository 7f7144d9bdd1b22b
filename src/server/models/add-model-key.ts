import { isModelKey, MODEL_KEY_FORM } from "~/trading/model/model-key";
import { PROVIDERS, type ProviderId } from "~/trading/model/model-provider";
import { appendAudit } from "../audit/append-audit";
import { inTransaction } from "../db/in-transaction";
import { AppError } from "../errors";
import type { Ports } from "../ports";
import { sealKey } from "./key-envelope";
import { refuseAddress } from "./refuse-address";

type KeyPorts = Pick<Ports, "db" | "wallNow" | "newId" | "models" | "resolveHost">;

/** `baseUrl` null: the provider's own address. */
export type NewModelKey = {
  readonly userId: string;
  readonly provider: ProviderId;
  readonly key: string;
  readonly baseUrl: string | null;
};

/** Of a shorter key, its last letters would be too much of it. */
const HINTED_MIN = 12;
const HINT_LENGTH = 4;
const NO_SECRET = "Keys cannot be kept here: whoever runs 0xBot must set MODEL_KEY_SECRETS.";

const refuse = (path: string, message: string): AppError => new AppError("invalid", message, [{ path, message }]);

const requireAddress = async (ports: KeyPorts, { provider, baseUrl }: NewModelKey): Promise<void> => {
  const { title, baseUrl: own, isScripted, isOwnMachine } = PROVIDERS[provider];
  if (isScripted) throw refuse("provider", `${title} needs no key.`);
  if (baseUrl === null) {
    if (own === null) throw refuse("baseUrl", `Say where ${title} answers, such as https://llm.example.org.`);
    return;
  }
  if (own !== null && !isOwnMachine) throw refuse("baseUrl", `${title} has an address of its own: leave this empty.`);
  const fault = await refuseAddress(ports, baseUrl);
  if (fault !== null) throw refuse("baseUrl", fault);
};

/**
 * Keeps a user's key of a provider, sealed, in place of the one before. Nothing ever gives it back. Throws AppError:
 * `invalid` for a key or address that cannot be one, `conflict` where the deployment has nothing to seal keys by.
 */
export const addModelKey = async (ports: KeyPorts, wanted: NewModelKey): Promise<void> => {
  const { userId, provider, key, baseUrl } = wanted;
  const [secret] = ports.models.keySecrets;
  if (!secret) throw new AppError("conflict", NO_SECRET);
  if (!isModelKey(key)) throw refuse("key", `A key has ${MODEL_KEY_FORM}.`);
  await requireAddress(ports, wanted);
  const place = { id: ports.newId(), userId, provider, baseUrl };
  const { keyId, sealed } = sealKey(secret, place, key);
  const hint = key.length < HINTED_MIN ? "" : key.slice(-HINT_LENGTH);
  const at = new Date(ports.wallNow());
  await inTransaction(ports.db, async (tx) => {
    const { count } = await tx.modelKey.deleteMany({ where: { userId, provider } });
    await tx.modelKey.create({ data: { ...place, keyId, sealed: Uint8Array.from(sealed), hint, createdAt: at } });
    const details = { provider, hasAddress: baseUrl !== null, replaces: count > 0 };
    await appendAudit(tx, { actorId: userId, action: "model-key-added", subject: `user:${userId}`, details, at });
  });
};
