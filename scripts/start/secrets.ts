import { randomBytes, randomInt } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";

const BYTES = 32;
/** 32 letters and digits that cannot be mistaken for each other: 16 of them are 80 bits. */
const READABLE = "abcdefghijkmnpqrstuvwxyz23456789";
const GROUPS = 4;
const GROUP_LENGTH = 4;

const createKey = (): string => randomBytes(BYTES).toString("hex");

/** A random password that a person can copy from a screen: "abcd-efgh-ijkm-npqr". */
export const createReadablePassword = (): string => {
  const pick = (): string => READABLE.charAt(randomInt(READABLE.length));
  const group = (): string => Array.from({ length: GROUP_LENGTH }, pick).join("");
  return Array.from({ length: GROUPS }, group).join("-");
};

/** Where the secret of a name is kept. */
export const secretFile = (folder: string, name: string): string => path.join(folder, "secrets", name);

/**
 * The secret of a name in `<folder>/secrets`, made by `create` at the first call (default: 256 random bits in hex).
 * Only its owner can read the file.
 */
export const ensureSecret = (folder: string, name: string, create: () => string = createKey): string => {
  const file = secretFile(folder, name);
  if (!existsSync(file)) {
    mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
    const unfinished = `${file}.tmp`;
    writeFileSync(unfinished, `${create()}\n`, { mode: 0o600, flush: true });
    renameSync(unfinished, file);
  }
  return readFileSync(file, "utf8").trim();
};
