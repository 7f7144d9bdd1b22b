import { existsSync } from "node:fs";
import { chromium } from "@playwright/test";
import { runCommand } from "../run-command";
import { planChromium } from "./plan-chromium";

const isRoot = (): boolean => process.getuid?.() === 0;

/** Options for starting a browser: its sandbox does not work as root. */
export const CHROMIUM_ARGS: readonly string[] = isRoot() ? ["--no-sandbox"] : [];

const apt = (...args: readonly string[]) =>
  runCommand(["apt-get", ...args], { env: { DEBIAN_FRONTEND: "noninteractive" } });

const install = async (path: string): Promise<string> => {
  const get = () => apt("install", "-y", "--no-install-recommends", "chromium");
  // The lists of packages may be empty, as in a fresh container.
  const first = await get();
  const last = first.code === 0 ? first : (await apt("update"), await get());
  if (existsSync(path)) return path;
  throw new Error(`apt-get could not install chromium:\n${last.output.trim()}`);
};

/** The Chromium for tests; installs one on Debian as root. Throws, saying what to install, when there is none. */
export const findChromium = async (): Promise<string> => {
  const plan = planChromium({
    chosen: process.env["CHROMIUM_PATH"],
    playwrights: chromium.executablePath(),
    isRoot: isRoot(),
    exists: existsSync,
  });
  if (plan.kind === "missing") throw new Error(plan.message);
  return plan.kind === "use" ? plan.path : install(plan.path);
};
