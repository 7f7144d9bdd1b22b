export type Machine = {
  /** The value of CHROMIUM_PATH; empty counts as unset. */
  readonly chosen: string | undefined;
  /** Where Playwright keeps its own browser, if it has one. */
  readonly playwrights: string;
  readonly isRoot: boolean;
  readonly exists: (file: string) => boolean;
};

export type ChromiumPlan =
  | { readonly kind: "use"; readonly path: string }
  /** The system's packages have it; once installed it is at `path`. */
  | { readonly kind: "install"; readonly path: string }
  | { readonly kind: "missing"; readonly message: string };

const SYSTEMS = "/usr/bin/chromium";
const APT = "/usr/bin/apt-get";

const ADVICE =
  "Install it (Debian, Ubuntu: apt-get install chromium), let Playwright bring one (npx playwright install chromium), " +
  "or set CHROMIUM_PATH to a Chromium or Chrome that is there.";

/** Which Chromium the browser tests use: the chosen one, the system's, Playwright's, or one that must be installed first. */
export const planChromium = ({ chosen, playwrights, isRoot, exists }: Machine): ChromiumPlan => {
  if (chosen) {
    if (exists(chosen)) return { kind: "use", path: chosen };
    return { kind: "missing", message: `CHROMIUM_PATH is ${chosen}, and no such file is there. ${ADVICE}` };
  }
  const found = [SYSTEMS, playwrights].find(exists);
  if (found !== undefined) return { kind: "use", path: found };
  if (isRoot && exists(APT)) return { kind: "install", path: SYSTEMS };
  return { kind: "missing", message: `The browser tests need Chromium, and none was found. ${ADVICE}` };
};
