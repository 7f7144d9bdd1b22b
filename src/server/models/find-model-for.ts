import { findNamedModel } from "~/trading/model/find-named-model";
import { findPrice } from "~/trading/model/find-price";
import type { ModelPrice } from "~/trading/model/model-price";
import { PROVIDERS, type ProviderId } from "~/trading/model/model-provider";
import type { ModelTraits } from "~/trading/model/model-traits";
import type { Ports } from "../ports";
import type { LanguageModel } from "../ports/language-model";
import { openKey } from "./key-envelope";
import { refuseAddress } from "./refuse-address";

/** A model that can be asked for a user. `place`: the user whose address it is asked at, or '' for its provider's own. */
export type FoundModel = {
  readonly outcome: "found";
  readonly model: LanguageModel;
  readonly traits: ModelTraits;
  readonly price: ModelPrice;
  readonly place: string;
  /** It is asked by the deployment's key, which its users do not pay. */
  readonly isShared: boolean;
};

type ModelRefusal = {
  readonly outcome: "refused";
  readonly code: "model-unknown" | "model-no-price" | "model-no-key" | "model-no-address";
  readonly reason: string;
};

export type ModelFinding = FoundModel | ModelRefusal;

type FindPorts = Pick<Ports, "db" | "wallNow" | "modelOf" | "models" | "resolveHost">;
type Asked = { readonly userId: string; readonly provider: ProviderId };

const refuse = (code: ModelRefusal["code"], reason: string): ModelRefusal => ({ outcome: "refused", code, reason });

type Access = { readonly key: string | null; readonly baseUrl: string | null; readonly isShared: boolean };

/** When a key was used last is told to the minute. */
const NOTED_MS = 60_000;

const noteUse = async (
  { db, wallNow }: FindPorts,
  { id, usedAt }: { id: string; usedAt: Date | null },
): Promise<void> => {
  const now = wallNow();
  if (usedAt !== null && usedAt.getTime() > now - NOTED_MS) return;
  await db.modelKey.updateMany({ where: { id }, data: { usedAt: new Date(now) } });
};

/** The bots of whoever is kept out go on, but nobody else pays for what they ask. */
const isBlocked = async ({ db }: FindPorts, userId: string): Promise<boolean> =>
  (await db.user.count({ where: { id: userId, archivedAt: null } })) === 0;

/** By the user's own key, where there is one; else by the deployment's, where it is shared. */
const findAccess = async (ports: FindPorts, { userId, provider }: Asked): Promise<Access | ModelRefusal> => {
  const { db, models } = ports;
  const { title, needsKey } = PROVIDERS[provider];
  const row = await db.modelKey.findUnique({ where: { userId_provider: { userId, provider } } });
  if (row) {
    const key = openKey(models.keySecrets, row, { ...row, userId });
    if (key === null) return refuse("model-no-key", `The key of ${title} cannot be opened any more: enter it again.`);
    await noteUse(ports, row);
    return { key, baseUrl: row.baseUrl, isShared: false };
  }
  const key = models.sharedKeyOf(provider);
  if (key !== null && (await isBlocked(ports, userId))) {
    return refuse("model-no-key", `${title} is not asked for an account that is blocked.`);
  }
  if (key !== null || !needsKey) return { key, baseUrl: null, isShared: key !== null };
  return refuse("model-no-key", `There is no key of ${title}: enter one in your account.`);
};

/** Where it answers; what a user gave is asked about anew each time, since names of hosts change. */
const findAddress = async (
  ports: FindPorts,
  provider: ProviderId,
  given: string | null,
): Promise<string | ModelRefusal> => {
  const { title, baseUrl, isScripted, isOwnMachine } = PROVIDERS[provider];
  const address = isScripted ? ports.models.scriptedUrl : (given ?? baseUrl);
  if (address === null) return refuse("model-no-address", `It is not known where ${title} answers.`);
  // A provider's own address is ours to know, but for one on this machine, which must not be reached for everybody.
  const isTrusted = isScripted || (given === null && !isOwnMachine);
  const fault = isTrusted ? null : await refuseAddress(ports, address);
  return fault === null ? address : refuse("model-no-address", `${title} cannot be asked: ${fault}`);
};

/**
 * The model that a user asks by its name, "anthropic/claude-haiku-5-5", or why it cannot be asked, in words: whose price,
 * address or key is not known is not asked. The key is with what it returns, and nowhere else.
 */
export const findModelFor = async (
  ports: FindPorts,
  { userId, model: name }: { readonly userId: string; readonly model: string },
): Promise<ModelFinding> => {
  const traits = findNamedModel(name);
  if (traits === null) return refuse("model-unknown", `There is no model ${name}.`);
  const { provider } = traits;
  const priced = findPrice(traits, ports.wallNow());
  if (priced.outcome === "refused") return refuse("model-no-price", priced.reason);
  const access = await findAccess(ports, { userId, provider });
  if ("outcome" in access) return access;
  const baseUrl = await findAddress(ports, provider, access.baseUrl);
  if (typeof baseUrl !== "string") return baseUrl;
  const { title, keyHeader, apiVersion } = PROVIDERS[provider];
  try {
    const model = ports.modelOf({ endpoint: { baseUrl, keyHeader, apiVersion, key: access.key }, model: traits });
    const place = access.baseUrl === null ? "" : userId;
    return { outcome: "found", model, traits, price: priced.price, place, isShared: access.isShared };
  } catch (error) {
    // Its message shows neither key nor address.
    const why = error instanceof RangeError ? error.message : "its address or key cannot be used";
    return refuse("model-no-address", `${title} cannot be asked: ${why}.`);
  }
};
