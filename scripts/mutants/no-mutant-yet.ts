import { inject } from "vitest";

declare module "vitest" {
  interface ProvidedContext {
    globalNamespace: "__stryker__" | undefined;
    mutantActivation: "static" | "runtime" | undefined;
  }
}

// The thread may have served another mutant before: it must not be planted while this file's cases are collected.
const planted = (globalThis as { __stryker__?: { activeMutant?: string } })[inject("globalNamespace") ?? "__stryker__"];
if (planted !== undefined && inject("mutantActivation") === "runtime") delete planted.activeMutant;
