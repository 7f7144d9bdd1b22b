import type { Inngest } from "inngest";
import type { Journal } from "./backend";

/** Doors that hold a step until the test opens them. */
export type Gates = { wait(key: string): Promise<void>; open(key: string): void };

export const createGates = (): Gates => {
  const opened = new Set<string>();
  const waiting = new Map<string, () => void>();
  return {
    wait: (key) => (opened.has(key) ? Promise.resolve() : new Promise((resolve) => void waiting.set(key, resolve))),
    open: (key) => {
      opened.add(key);
      waiting.get(key)?.();
    },
  };
};

export type ContractSetting = { readonly client: Inngest; readonly journal: Journal; readonly gates: Gates };

/** A scenario's runs are told apart by `data.key`. */
export const keyOf = (event: { data: unknown }): string => {
  const { data } = event;
  if (typeof data === "object" && data !== null && "key" in data && typeof data.key === "string") return data.key;
  throw new Error("A contract event needs data.key");
};
