import { createHmac, timingSafeEqual } from "node:crypto";

/** How old a signature may be, or how far ahead the signer's clock; the same as in the SDK. */
const AGE_MS_MAX = 300_000;

/** JSON with sorted names (RFC 8785): the form that is signed. */
const canonical = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const members = Object.keys(value)
    .toSorted()
    .map((name) => `${JSON.stringify(name)}:${canonical(Reflect.get(value, name))}`);
  return `{${members.join(",")}}`;
};

const digestOf = (body: unknown, signingKey: string, seconds: string): string => {
  // The key's digits as text, without the prefix that hosted Inngest puts before them.
  const key = signingKey.replace(/^signkey-\w+-/, "");
  const text = typeof body === "string" ? body : canonical(body);
  return createHmac("sha256", key).update(text).update(seconds).digest("hex");
};

/** The signature header that a server with this key sends with a body. "" is no body. */
export const signBody = (body: unknown, signingKey: string, nowMs: number): string => {
  const seconds = Math.floor(nowMs / 1000).toString();
  return `t=${seconds}&s=${digestOf(body, signingKey, seconds)}`;
};

type Claim = { readonly seconds: string; readonly digest: string };

/** The parts of a signature header; null when it is not a signature. */
const parseSignature = (signature: string | null): Claim | null => {
  const said = new URLSearchParams(signature ?? "");
  const [seconds, digest] = [said.get("t") ?? "", said.get("s") ?? ""];
  return /^\d{1,12}$/.test(seconds) && /^[0-9a-f]{64}$/.test(digest) ? { seconds, digest } : null;
};

/** Whether a header has a signature's form and is not too old, which can be checked before the body arrives. */
export const isTimely = (signature: string | null, nowMs: number): boolean => {
  const claim = parseSignature(signature);
  return claim !== null && Math.abs(nowMs - Number(claim.seconds) * 1000) <= AGE_MS_MAX;
};

/** Whether one of the keys has signed the body. */
export const isSignedBy = (keys: readonly string[], body: unknown, signature: string | null): boolean => {
  const claim = parseSignature(signature);
  if (claim === null) return false;
  const digest = Buffer.from(claim.digest);
  try {
    return keys.some((key) => timingSafeEqual(Buffer.from(digestOf(body, key, claim.seconds)), digest));
  } catch {
    // Nested too deep for the stack: no server made it.
    return false;
  }
};
