import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import type { KeySecret } from "../ports/model-settings";

/** What a sealed key belongs to: moved to another row, user, provider or address it does not open. */
export type KeyPlace = {
  readonly id: string;
  readonly userId: string;
  readonly provider: string;
  readonly baseUrl: string | null;
};

export type SealedKey = { readonly keyId: string; readonly sealed: Uint8Array };

const CIPHER = "aes-256-gcm";
const VERSION = 1;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const DATA_KEY_BYTES = 32;
/** Version, then the sealed data key: nonce, key, tag. The user's key follows in the same form. */
const HEAD_BYTES = 1;
const WRAPPED_BYTES = NONCE_BYTES + DATA_KEY_BYTES + TAG_BYTES;

const boundTo = ({ id, userId, provider, baseUrl }: KeyPlace, ...more: readonly string[]): Buffer =>
  Buffer.from(JSON.stringify(["0xbot model key", VERSION, id, userId, provider, baseUrl, ...more]));

const encrypt = (key: Uint8Array, text: Uint8Array, bound: Buffer): Buffer => {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, key, nonce).setAAD(bound);
  return Buffer.concat([nonce, cipher.update(text), cipher.final(), cipher.getAuthTag()]);
};

/** null: sealed by another key, for something else, or changed since. */
const decrypt = (key: Uint8Array, sealed: Uint8Array, bound: Buffer): Buffer | null => {
  const end = sealed.length - TAG_BYTES;
  if (end < NONCE_BYTES) return null;
  const cipher = createDecipheriv(CIPHER, key, sealed.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES });
  cipher.setAAD(bound).setAuthTag(sealed.subarray(end));
  try {
    return Buffer.concat([cipher.update(sealed.subarray(NONCE_BYTES, end)), cipher.final()]);
  } catch {
    return null;
  }
};

const wrap = ({ id, secret }: KeySecret, dataKey: Uint8Array, place: KeyPlace): Buffer =>
  encrypt(secret, dataKey, boundTo(place, "data key", id));

const unwrap = (secrets: readonly KeySecret[], { keyId, sealed }: SealedKey, place: KeyPlace): Buffer | null => {
  const secret = secrets.find(({ id }) => id === keyId);
  if (!secret || sealed[0] !== VERSION) return null;
  const wrapped = sealed.subarray(HEAD_BYTES, HEAD_BYTES + WRAPPED_BYTES);
  return decrypt(secret.secret, wrapped, boundTo(place, "data key", keyId));
};

/** Seals a user's key: by a random key of its own, which the deployment's secret seals. */
export const sealKey = (secret: KeySecret, place: KeyPlace, key: string): SealedKey => {
  const dataKey = randomBytes(DATA_KEY_BYTES);
  const parts = [wrap(secret, dataKey, place), encrypt(dataKey, Buffer.from(key), boundTo(place))];
  return { keyId: secret.id, sealed: Buffer.concat([Buffer.from([VERSION]), ...parts]) };
};

/** The user's key; null: its secret is not here, or it is not of this place. */
export const openKey = (secrets: readonly KeySecret[], sealed: SealedKey, place: KeyPlace): string | null => {
  const dataKey = unwrap(secrets, sealed, place);
  if (dataKey === null) return null;
  return decrypt(dataKey, sealed.sealed.subarray(HEAD_BYTES + WRAPPED_BYTES), boundTo(place))?.toString() ?? null;
};

/** The same key under another secret: the user's key itself is not opened. Null: it cannot be opened here. */
export const resealKey = (
  secrets: readonly KeySecret[],
  sealed: SealedKey,
  { place, secret }: { readonly place: KeyPlace; readonly secret: KeySecret },
): SealedKey | null => {
  const dataKey = unwrap(secrets, sealed, place);
  if (dataKey === null) return null;
  const rest = sealed.sealed.subarray(HEAD_BYTES + WRAPPED_BYTES);
  return { keyId: secret.id, sealed: Buffer.concat([Buffer.from([VERSION]), wrap(secret, dataKey, place), rest]) };
};
