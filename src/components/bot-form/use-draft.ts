"use client";

import { useCallback, useEffect, useState } from "react";
import { parseDraft, type Draft } from "./draft";

/** With its version, so that a later form does not read what it would misunderstand. */
const NAME = "0xbot.new-bot.1";

const HEX = 16;
const VERSION_4 = 0x40;
const VARIANT = 0x80;

/** A random UUID, also where the browser offers none: it does so over https and on this machine only. */
export const makeKey = (): string => {
  const bytes = crypto.getRandomValues(new Uint8Array(HEX));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | VERSION_4;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | VARIANT;
  const hex = [...bytes].map((byte) => byte.toString(HEX).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
};

/** A browser may keep nothing: the form then works without. */
const attempt = <Value>(work: () => Value, otherwise: Value): Value => {
  try {
    return work();
  } catch {
    return otherwise;
  }
};

const nameOf = (owner: string): string => `${NAME}:${owner}`;

/** The draft of a user in this browser, kept at every change until it is dropped. `owner`: names the user. */
export const useDraft = (owner: string, begin: () => Draft) => {
  const [draft, setDraft] = useState<Draft>(
    () => attempt(() => parseDraft(localStorage.getItem(nameOf(owner))), null) ?? begin(),
  );
  const [isDropped, setDropped] = useState(false);
  useEffect(() => {
    attempt(
      () =>
        isDropped ? localStorage.removeItem(nameOf(owner)) : localStorage.setItem(nameOf(owner), JSON.stringify(draft)),
      undefined,
    );
  }, [owner, draft, isDropped]);
  const change = useCallback((next: (draft: Draft) => Draft): void => {
    setDropped(false);
    setDraft(next);
  }, []);
  const drop = useCallback((): void => setDropped(true), []);
  return { draft, change, drop };
};
